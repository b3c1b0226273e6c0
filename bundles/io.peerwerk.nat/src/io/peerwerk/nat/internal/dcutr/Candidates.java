// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.dcutr;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.nat.internal.IpScope;

/**
 * Which addresses may be tried, of all that a peer claims. Never those through a relay, names, wildcards, multicast and
 * link-local ones, nor loopback: a peer must not make this one knock at its own machine's doors.
 *
 * @param privateToo whether addresses of private networks are tried as well
 */
record Candidates(boolean privateToo) {

    /** Addresses that are tried at most. */
    static final int MAX = 8;

    /** @param onLoopback whether this peer itself is only on loopback: then so may be the other, on the same machine */
    List<Multiaddr> usable(List<Multiaddr> claimed, boolean onLoopback) {
        return claimed.stream().filter(address -> isUsable(address, onLoopback)).distinct().limit(MAX).toList();
    }

    private boolean isUsable(Multiaddr address, boolean onLoopback) {
        Optional<InetAddress> ip = ip(address);
        if (ip.isEmpty() || address.has(Protocol.P2P_CIRCUIT)) {
            return false;
        }
        InetAddress a = ip.get();
        if (a.isLoopbackAddress()) {
            return onLoopback && privateToo;
        }
        boolean never = a.isAnyLocalAddress() || a.isMulticastAddress() || a.isLinkLocalAddress();
        return !never && (privateToo || IpScope.isPublic(a));
    }

    private static Optional<InetAddress> ip(Multiaddr address) {
        return address.socketAddress().filter(socket -> socket.getPort() != 0).map(InetSocketAddress::getAddress);
    }

    /** Whether all of these are on loopback. */
    static boolean areLoopback(List<Multiaddr> addresses) {
        return !addresses.isEmpty()
                && addresses.stream().allMatch(a -> ip(a).filter(InetAddress::isLoopbackAddress).isPresent());
    }
}
