// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.multiformats.Component;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;

/** Addresses of QUIC: a host, a UDP port, {@code /quic-v1}, and nothing else. */
final class QuicAddress {

    private static final Multiaddr QUIC = Multiaddr.of("/quic-v1");

    private QuicAddress() {
    }

    /** The socket of an address (unresolved if it names its host), if it is one of QUIC. */
    static Optional<InetSocketAddress> socket(Multiaddr address) {
        List<Component> all = address.components();
        int last = all.size() - 1;
        boolean quic = last == (all.get(0).protocol() == Protocol.IP6ZONE ? 3 : 2)
                && all.get(last).protocol() == Protocol.QUIC_V1 && all.get(last - 1).protocol() == Protocol.UDP;
        return quic && !address.has(Protocol.DNSADDR) ? address.socketAddress() : Optional.empty();
    }

    static Multiaddr of(InetSocketAddress socket) {
        return Multiaddr.udp(socket).encapsulate(QUIC);
    }
}
