// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import java.util.List;
import java.util.Optional;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;

/**
 * What a peer says about itself over {@code /ipfs/id/1.0.0}. All but the id are claims.
 *
 * @param peer            the peer, as its connection proved
 * @param agent           its software and version, free text
 * @param protocolVersion the family of protocols, free text
 * @param listenAddresses where it says it can be dialled
 * @param observedAddress where it sees this peer
 * @param protocols       the protocols that it takes streams of
 * @param signed          whether the listen addresses stand in a record that the peer has sealed, so that others can
 *                        pass them on; see {@link io.peerwerk.core.identity.PeerRecord}
 */
public record Identification(PeerId peer, String agent, String protocolVersion, List<Multiaddr> listenAddresses,
        Optional<Multiaddr> observedAddress, List<String> protocols, boolean signed) {

    /** Copies the lists. */
    public Identification {
        listenAddresses = List.copyOf(listenAddresses);
        protocols = List.copyOf(protocols);
    }
}
