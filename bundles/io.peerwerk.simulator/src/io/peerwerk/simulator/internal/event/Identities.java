// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.gossip.internal.swim.Card;
import io.peerwerk.gossip.internal.wire.Contact;

/**
 * Numbered peers with made-up ids and addresses. There are no keys behind them: to make and to check a million signatures
 * would take longer than to simulate what they are for. An id holds its number.
 *
 * <p>Peers are made by the thread that starts them; threads that come after it may look at those that there are.
 */
final class Identities {

    private static final int DIGEST = 32;

    /** Made-up addresses; peers share them, for nobody dials. */
    private static final int ADDRESSES = 1 << 12;

    private final List<List<Multiaddr>> addresses = new ArrayList<>();
    private final List<Card> cards = new ArrayList<>();

    Identities() {
        for (int i = 0; i < ADDRESSES; i++) {
            addresses.add(List.of(Multiaddr.of("/ip4/10.0." + (i >> 8) + "." + (i & 0xff) + "/tcp/4001")));
        }
    }

    /** The card of a peer that has just started at the beginning of the simulation. */
    Card card(int number) {
        while (cards.size() <= number) {
            int next = cards.size();
            cards.add(Card.unsigned(id(next),
                    new Card.Content(World.START.getEpochSecond(), addresses.get(next % ADDRESSES), 0, false)));
        }
        return cards.get(number);
    }

    Contact contact(int number) {
        return card(number).contact();
    }

    /** The number of a peer that {@link #card} has made. */
    int number(PeerId id) {
        int number = (int) id.tail();
        if (number < 0 || number >= cards.size()) {
            throw new IllegalArgumentException("no peer of ours: " + id);
        }
        return number;
    }

    /** A hash of no key. */
    private static PeerId id(int number) {
        byte[] bytes = ByteBuffer.allocate(2 + DIGEST).put((byte) Multihash.SHA2_256).put((byte) DIGEST)
                .putLong(number * 0x9E3779B97F4A7C15L).putLong(14, number * 0xD1B54A32D192ED03L).putInt(26, number * 0x85EBCA6B)
                .putInt(30, number).array();
        try {
            return PeerId.read(bytes);
        } catch (FormatException e) {
            throw new IllegalStateException("an id of the right length", e);
        }
    }
}
