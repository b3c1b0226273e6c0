// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.wire;

import java.util.List;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;

/**
 * A peer as one tells another one.
 *
 * @param addresses without {@code /p2p}
 */
public record KadPeer(PeerId id, List<Multiaddr> addresses) {

    /** Copies the list. */
    public KadPeer {
        addresses = List.copyOf(addresses);
    }
}
