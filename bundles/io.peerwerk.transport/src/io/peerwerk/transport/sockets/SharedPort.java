// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.sockets;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Chooses the listening socket from whose address a peer is dialled. */
final class SharedPort {

    private SharedPort() {
    }

    /**
     * The address to dial a target from: of the same family, and one from which packets reach it. A socket that listens
     * on one address is better than one on all. Empty if none fits.
     */
    static Optional<InetSocketAddress> towards(InetSocketAddress target, Collection<InetSocketAddress> listening) {
        return listening.stream().filter(local -> fits(local, target))
                .min(Comparator.comparing(local -> local.getAddress().isAnyLocalAddress()));
    }

    private static boolean fits(InetSocketAddress local, InetSocketAddress target) {
        InetAddress from = local.getAddress();
        InetAddress to = target.getAddress();
        if (from == null || to == null || from.getClass() != to.getClass() || local.getPort() == 0) {
            return false;
        }
        if (local.getPort() == target.getPort() && isHere(to)) {
            return false; // it would be connected with itself
        }
        return from.isAnyLocalAddress() || from.isLoopbackAddress() == to.isLoopbackAddress()
                && from.isLinkLocalAddress() == to.isLinkLocalAddress();
    }

    private static boolean isHere(InetAddress address) {
        try {
            return address.isLoopbackAddress() || address.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true;
        }
    }
}
