// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.MemberState;

/**
 * What somebody says about a third peer, or about the one it talks to.
 *
 * @param id whom it is about
 * @param state what is believed of it
 * @param incarnation the version of the card that this is said about
 * @param card that card, unless the reader is expected to have it or to ask for it
 * @param accusers of a suspect, who has found by itself that it does not answer, in {@linkplain PeerId#tail short}; at
 *         most {@link #MAX_ACCUSERS}
 */
public record Rumour(PeerId id, MemberState state, long incarnation, @Nullable SealedCard card, List<Long> accusers) {

    /** As many as can make a difference. */
    static final int MAX_ACCUSERS = SwimOptions.CONFIRMATIONS + 1;

    /** Bytes of a rumour without card and accusers, about. */
    private static final int BASE = 58;
    private static final int ACCUSER = 9;

    public Rumour {
        accusers = List.copyOf(accusers);
        if (accusers.size() > MAX_ACCUSERS) {
            throw new IllegalArgumentException(accusers.size() + " accusers");
        }
    }

    /** About a card, without it. */
    static Rumour brief(Card card, MemberState state) {
        return new Rumour(card.id(), state, card.incarnation(), null, List.of());
    }

    /** About a card, with it. */
    static Rumour full(Card card, MemberState state) {
        return new Rumour(card.id(), state, card.incarnation(), card.sealed(), List.of());
    }

    /** Bytes that it takes in a message, about. */
    int weight() {
        return BASE + accusers.size() * ACCUSER + (card == null ? 0 : card.length() + 3);
    }
}
