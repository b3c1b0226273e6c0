// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.util.List;
import java.util.Set;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.Role;
import io.peerwerk.gossip.internal.wire.Contact;

/** What can happen to a {@link Swim}. */
public sealed interface SwimInput {

    /** The time asked for with {@link SwimAction.Wake} has come, or the peer starts. */
    record Tick() implements SwimInput {
    }

    /** A request of another peer, the message's sender; its answer goes back under the same ticket. */
    record Received(SwimMessage.Request request, long ticket) implements SwimInput {
    }

    /**
     * The answer to a {@link SwimAction.Ask}.
     *
     * @param nanos the time between request and answer, without that of dialling
     */
    record Answered(long ticket, SwimMessage.Answer answer, long nanos) implements SwimInput {
    }

    /** A {@link SwimAction.Ask} got no answer in time, or a malformed one, or the peer could not be dialled. */
    record Failed(long ticket) implements SwimInput {
    }

    /** The last connection to a peer is gone. */
    record ConnectionLost(PeerId peer) implements SwimInput {
    }

    /** There is a connection with a peer; it may have dialled us. */
    record ConnectionOpened(PeerId peer) implements SwimInput {
    }

    /** A peer to compare lists with: an address the user gave, or a connection that was there before. */
    record Meet(Contact contact) implements SwimInput {
    }

    /** Cards that were kept from an earlier life, or come from elsewhere: members that are known from the start. */
    record Recall(List<Card> cards) implements SwimInput {
    }

    /** This peer has other addresses, offers another amount, or does other things for others now. */
    record Announce(List<Multiaddr> addresses, long offer, Set<Role> roles) implements SwimInput {
    }

    /** This peer leaves; nothing more is done after that. */
    record Leave() implements SwimInput {
    }
}
