// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.pubsub.Verdict;
import io.peerwerk.pubsub.internal.wire.Dialect;
import io.peerwerk.pubsub.internal.wire.MessageId;
import io.peerwerk.pubsub.internal.wire.Rpc;
import org.jspecify.annotations.Nullable;

/** What can happen to a {@link Gossipsub}. */
public sealed interface GossipsubInput {

    /** A second has passed, or whatever {@link GossipsubOptions.Timing#heartbeatMillis} says. */
    record Heartbeat() implements GossipsubInput {
    }

    /**
     * A peer that speaks the protocol can be sent to; before it is, it is unknown.
     *
     * @param outbound whether this peer has chosen it: those who attack choose whom they dial, not who dials them
     * @param ip       where it is, or null where that says nothing, as on a local network
     * @param dialect  how it probably calls messages; what it says later counts
     */
    record Joined(PeerId peer, Version version, boolean outbound, @Nullable String ip, Dialect dialect)
            implements GossipsubInput {

        public Joined(PeerId peer, Version version, boolean outbound, @Nullable String ip) {
            this(peer, version, outbound, ip, Dialect.STANDARD);
        }
    }

    /** What was sent to a peer lately may be lost, and it may have forgotten this one; it is there again. */
    record Reopened(PeerId peer) implements GossipsubInput {
    }

    /** A peer is gone. */
    record Left(PeerId peer) implements GossipsubInput {
    }

    /** A record has come. */
    record Received(PeerId from, Rpc rpc) implements GossipsubInput {
    }

    /** Something has come that is no record. */
    record Malformed(PeerId from) implements GossipsubInput {
    }

    /** The application wants to hear a topic. */
    record Subscribe(String topic) implements GossipsubInput {
    }

    /** The application no longer wants to hear a topic. */
    record Unsubscribe(String topic) implements GossipsubInput {
    }

    /** Whether messages of a topic are to be judged by the application from now on. */
    record Guard(String topic, boolean judged) implements GossipsubInput {
    }

    /** The application publishes. */
    record Publish(String topic, byte[] data) implements GossipsubInput {
    }

    /** The answer to a {@link GossipsubAction.Judge}. */
    record Judged(MessageId id, Verdict verdict) implements GossipsubInput {
    }

    /** What the application thinks of a peer: the score's P5. Kept while the peer is connected. */
    record Rated(PeerId peer, double value) implements GossipsubInput {
    }
}
