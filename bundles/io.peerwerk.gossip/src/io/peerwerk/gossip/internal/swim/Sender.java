// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;

/**
 * Who sends a message; the connection proves it.
 *
 * @param id the peer
 * @param incarnation of its present card
 * @param card that card, if the reader may not have it yet
 * @param known the incarnation of the reader's card that the sender has, 0 if it has none: so that the reader knows
 *         when to send it
 */
public record Sender(PeerId id, long incarnation, @Nullable Card card, long known) {

    public Sender {
        if (card != null && (card.incarnation() != incarnation || !card.id().equals(id))) {
            throw new IllegalArgumentException("a card of another peer or version");
        }
    }
}
