// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import java.util.List;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.routing.internal.wire.KadPeer;

/**
 * A peer, its place, and where it is reached.
 *
 * @param addresses of a peer that has answered: first the one where it was; possibly none
 */
public record Contact(PeerId id, KadKey key, List<Multiaddr> addresses) {

    /** Copies the list. */
    public Contact {
        addresses = List.copyOf(addresses);
    }

    public Contact(PeerId id, List<Multiaddr> addresses) {
        this(id, KadKey.of(id), addresses);
    }

    /** The form on the wire. */
    public KadPeer toPeer() {
        return new KadPeer(id, addresses);
    }
}
