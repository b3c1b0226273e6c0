// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.gate;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;

/** A list of peers and networks. */
record Guests(Set<PeerId> peers, List<Network> networks) {

    static final Guests NOBODY = new Guests(Set.of(), List.of());

    /** Reads peer ids, addresses and networks, in any order. */
    static Guests parse(Collection<String> texts) throws FormatException {
        var peers = new HashSet<PeerId>();
        var networks = new ArrayList<Network>();
        for (String text : texts) {
            if (text.indexOf('.') >= 0 || text.indexOf(':') >= 0) {
                networks.add(Network.parse(text));
            } else {
                peers.add(peer(text));
            }
        }
        return new Guests(Set.copyOf(peers), List.copyOf(networks));
    }

    private static PeerId peer(String text) throws FormatException {
        try {
            return PeerId.parse(text);
        } catch (FormatException e) {
            throw new FormatException("neither a peer id nor an address nor a network: " + text);
        }
    }

    boolean isEmpty() {
        return peers.isEmpty() && networks.isEmpty();
    }

    boolean has(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    boolean has(PeerId peer) {
        return peers.contains(peer);
    }
}
