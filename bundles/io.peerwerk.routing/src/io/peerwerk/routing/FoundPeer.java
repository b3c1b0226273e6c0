// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing;

import java.util.List;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;

/**
 * A peer that others know.
 *
 * @param peer      who
 * @param addresses where it is said to be, without {@code /p2p}; possibly none
 */
public record FoundPeer(PeerId peer, List<Multiaddr> addresses) {

    /** Copies the list. */
    public FoundPeer {
        addresses = List.copyOf(addresses);
    }
}
