// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.dial;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;

/** From how far away an address can be used, going by the address alone. */
public enum AddressScope {

    /** From nowhere: no peer, or no single one, is meant. */
    NOWHERE,

    /** From the same machine. */
    MACHINE,

    /** From the same link, with no router between. */
    LINK,

    /** From the same site. */
    SITE,

    /** From everywhere, as far as one can tell. */
    EVERYWHERE;

    /** The scope of what is dialled first: of a relayed address that of the relay. A name that is not resolved is far. */
    public static AddressScope of(Multiaddr address) {
        InetSocketAddress socket = address.socketAddress().orElse(null);
        if (socket == null) {
            return address.has(Protocol.P2P_CIRCUIT) ? EVERYWHERE : MACHINE;
        }
        if (socket.getAddress() == null) {
            return EVERYWHERE;
        }
        return socket.getPort() == 0 ? NOWHERE : of(socket.getAddress());
    }

    private static AddressScope of(InetAddress ip) {
        byte[] bytes = ip.getAddress();
        int first = bytes[0] & 0xff;
        if (ip.isAnyLocalAddress() || ip.isMulticastAddress() || bytes.length == 4 && (first == 0 || first >= 240)) {
            return NOWHERE;
        }
        if (ip.isLoopbackAddress()) {
            return MACHINE;
        }
        if (ip.isLinkLocalAddress()) {
            return LINK;
        }
        return ip.isSiteLocalAddress() || isSite(bytes, first) ? SITE : EVERYWHERE;
    }

    /** What Java does not count: unique local addresses of IPv6, and those that providers share among customers. */
    private static boolean isSite(byte[] bytes, int first) {
        return bytes.length == 16 ? (first & 0xfe) == 0xfc : first == 100 && (bytes[1] & 0xc0) == 64;
    }
}
