// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.util.List;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.internal.wire.Contact;

/**
 * What a peer says about itself. Immutable and shared freely.
 *
 * @param id the peer
 * @param incarnation the version of the card, 0 to {@link #MAX_INCARNATION}
 * @param addresses where it listens, at most {@link Member#MAX_ADDRESSES}
 * @param offer bytes of storage it offers, not negative
 */
public record Card(PeerId id, long incarnation, List<Multiaddr> addresses, long offer) {

    /** Far above any clock's seconds, far below where counting up would overflow. */
    public static final long MAX_INCARNATION = 1L << 53;

    public Card {
        addresses = List.copyOf(addresses);
        if (incarnation < 0 || incarnation > MAX_INCARNATION) {
            throw new IllegalArgumentException("incarnation " + incarnation);
        }
        if (offer < 0) {
            throw new IllegalArgumentException("offer " + offer);
        }
        if (addresses.size() > Member.MAX_ADDRESSES) {
            throw new IllegalArgumentException(addresses.size() + " addresses");
        }
    }

    Contact contact() {
        return new Contact(id, addresses);
    }

    Card atIncarnation(long other) {
        return new Card(id, other, addresses, offer);
    }
}
