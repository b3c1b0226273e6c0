// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.internal.ip.Network;

/** A list of peers and networks, as the user writes down who may come and who may not. Immutable. */
public final class PeerList {

    private final Set<PeerId> peers;
    private final List<Network> networks;

    private PeerList(Set<PeerId> peers, List<Network> networks) {
        this.peers = Set.copyOf(peers);
        this.networks = List.copyOf(networks);
    }

    /**
     * Reads peer ids, IP addresses and networks such as {@code 192.0.2.0/24}, in any order.
     *
     * @throws FormatException if an entry is none of these; names it
     */
    public static PeerList parse(Collection<String> texts) throws FormatException {
        var peers = new HashSet<PeerId>();
        var networks = new ArrayList<Network>();
        for (String text : texts) {
            if (text.indexOf('.') >= 0 || text.indexOf(':') >= 0) {
                networks.add(Network.parse(text));
            } else {
                peers.add(peer(text));
            }
        }
        return new PeerList(peers, networks);
    }

    private static PeerId peer(String text) throws FormatException {
        try {
            return PeerId.parse(text);
        } catch (FormatException e) {
            throw new FormatException("neither a peer id nor an address nor a network: " + text);
        }
    }

    /** Whether nobody is on it. */
    public boolean isEmpty() {
        return peers.isEmpty() && networks.isEmpty();
    }

    /** Whether it names peers, which show only after a handshake. */
    public boolean namesPeers() {
        return !peers.isEmpty();
    }

    /** Whether a network of it has this address. */
    public boolean has(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /** Whether it names this peer. */
    public boolean has(PeerId peer) {
        return peers.contains(peer);
    }
}
