// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.pubsub.internal.wire.Message;
import io.peerwerk.pubsub.internal.wire.MessageId;
import io.peerwerk.pubsub.internal.wire.Rpc;
import io.peerwerk.pubsub.internal.wire.Sealed;

/** What a {@link Gossipsub} wants done. */
public sealed interface GossipsubAction {

    /** Send a record to a peer, after those that came before it. It may be lost where {@link Rpc#isGossip()}. */
    record Send(PeerId to, Rpc rpc) implements GossipsubAction {
    }

    /** A message for the application, which is subscribed to its topic. */
    record Deliver(Message message, PeerId author, PeerId via) implements GossipsubAction {
    }

    /** Judge a message and come back with {@link GossipsubInput.Judged}, always. */
    record Judge(MessageId id, Message message, PeerId author, PeerId via) implements GossipsubAction {
    }

    /** Try to connect to a peer that another one has named; with the addresses it has sealed, if there are any. */
    record Connect(PeerId peer, Sealed addresses) implements GossipsubAction {
    }
}
