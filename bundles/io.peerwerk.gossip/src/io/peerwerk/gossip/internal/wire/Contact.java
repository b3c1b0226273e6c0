// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.wire;

import java.util.List;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;

/**
 * A peer and where it is reached. Immutable, so that one contact can stand in the views of any number of peers.
 *
 * @param id the peer
 * @param addresses without {@code /p2p}, possibly none
 */
public record Contact(PeerId id, List<Multiaddr> addresses) {

    /** The most bytes of a peer id that are taken; an inlined Ed25519 key makes 38, a SHA-256 34. */
    public static final int MAX_ID = 64;

    public Contact {
        addresses = List.copyOf(addresses);
    }
}
