// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.runtime;

import java.net.InetAddress;
import java.util.Optional;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;

/** How far an address reaches. */
final class Scope {

    private Scope() {
    }

    /** Whether only this machine reaches it. */
    static boolean isLoopback(Multiaddr address) {
        return ip(address).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    /**
     * Whether it may be dialled because somebody says so: not a service of this link alone, such as the metadata
     * service of a cloud, and not many machines at once.
     */
    static boolean isDiallable(Multiaddr address) {
        return ip(address).map(ip -> !ip.isLinkLocalAddress() && !ip.isMulticastAddress() && !ip.isAnyLocalAddress())
                .orElse(!address.has(Protocol.UNIX));
    }

    /** No name is looked up. */
    private static Optional<InetAddress> ip(Multiaddr address) {
        return address.socketAddress().map(socket -> socket.getAddress());
    }
}
