// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.mdns;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;

/**
 * A network that this machine is connected to.
 *
 * @param name      what the system calls the interface
 * @param addresses the machine's own ones on it
 */
public record Link(String name, List<OwnAddress> addresses) {

    public Link {
        addresses = List.copyOf(addresses);
    }

    /** Whether a machine with this address is on the link. */
    public boolean reaches(ByteBuffer ip) {
        return addresses.stream().anyMatch(own -> own.isNextTo(ip));
    }

    /** Of the addresses that this peer listens on those that others on the link can use. */
    public List<Multiaddr> own(Collection<Multiaddr> listened) {
        return listened.stream().filter(Link::isDirect)
                .filter(address -> Ip.of(address).filter(this::isOwn).isPresent()).distinct().toList();
    }

    /** Whether a peer may be dialled there because somebody on this link says so: nowhere else than on this link. */
    boolean believes(Multiaddr address) {
        return isDirect(address) && Ip.of(address).filter(this::reaches).isPresent();
    }

    private boolean isOwn(ByteBuffer ip) {
        return addresses.stream().anyMatch(own -> own.ip().equals(ip));
    }

    private static boolean isDirect(Multiaddr address) {
        return !address.has(Protocol.P2P_CIRCUIT);
    }
}
