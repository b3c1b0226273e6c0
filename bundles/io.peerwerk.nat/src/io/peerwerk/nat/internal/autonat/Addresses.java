// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.autonat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.multiformats.Component;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.nat.internal.IpScope;

/** What AutoNAT wants to know of addresses. */
final class Addresses {

    private Addresses() {
    }

    /** An address from the wire without the peer at its end; empty if it is malformed or of a kind not known here. */
    static Optional<Multiaddr> read(byte[] bytes) {
        try {
            Multiaddr address = Multiaddr.read(bytes);
            return address.components().size() == 1 && address.has(Protocol.P2P) ? Optional.empty()
                    : Optional.of(address.withoutPeer());
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    /** The IP address in front; empty for names, relayed addresses and whatever else. */
    static Optional<InetAddress> ip(Multiaddr address) {
        if (address.has(Protocol.P2P_CIRCUIT)) {
            return Optional.empty();
        }
        return address.socketAddress().map(InetSocketAddress::getAddress);
    }

    /** Whether it is an IP address of the public internet, not relayed. */
    static boolean isPublic(Multiaddr address) {
        return ip(address).filter(IpScope::isPublic).isPresent();
    }

    /** What is spoken, from the kind of IP address on: two addresses with the same are dialled by the same transport. */
    static List<Protocol> kind(Multiaddr address) {
        return address.components().stream().map(Component::protocol)
                .filter(p -> p != Protocol.P2P && p != Protocol.IP6ZONE).toList();
    }
}
