// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub;

import java.util.List;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;

/**
 * Publishes messages under topics and hears those of others. All methods may be called on any thread and return at once
 * or, where they say so, as soon as the protocol's own thread has taken them.
 */
public interface PubSub {

    /** The longest name of a topic, in bytes of UTF-8. */
    int MAX_TOPIC = 256;

    /** Topics that can be subscribed to at the same time; other peers note hardly more of one. */
    int MAX_TOPICS = 1_000;

    /**
     * Hears the messages of a topic, those of this peer among them, from now until the registration is closed. While
     * anybody here is subscribed, this peer passes the topic's messages on to others.
     *
     * @throws IllegalArgumentException if the topic's name is empty or longer than {@value #MAX_TOPIC} bytes
     * @throws IllegalStateException if there are {@value #MAX_TOPICS} other topics already
     */
    Registration subscribe(String topic, MessageHandler handler);

    /**
     * Signs a message and sends it to the peers of its topic; one need not be subscribed. Waits until the protocol has
     * taken it, not until it is sent.
     *
     * @return to how many peers it goes directly; 0 if no peer of the topic is known, and then it is lost
     * @throws IllegalArgumentException if the topic's name is not valid or the message longer than {@link #maxMessage}
     * @throws IllegalStateException once the service has gone
     */
    int publish(String topic, byte[] data);

    /** The longest message, in bytes. */
    int maxMessage();

    /**
     * Has the messages of a topic judged before they are heard here or passed on. Several validators may be there for
     * a topic: the worst verdict counts. Own messages are not judged.
     *
     * @throws IllegalArgumentException if the topic's name is not valid
     */
    Registration validate(String topic, MessageValidator validator);

    /**
     * Says what the application thinks of a connected peer, which goes into its score: 0 is nothing special, below -10
     * its gossip is not heeded, below -80 nothing it says. Forgotten when the peer goes.
     *
     * @throws IllegalArgumentException if it is not a finite number
     */
    void rate(PeerId peer, double value);

    /** The topics that are subscribed to here, sorted. */
    List<String> topics();

    /** The connected peers that say they are subscribed to a topic, in no particular order. */
    List<PeerId> peers(String topic);

    /** What the router holds now: its meshes, and what it thinks of each peer. */
    PubSubState state();
}
