// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.autonat;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.peerwerk.core.multiformats.Multiaddr;

/**
 * Which addresses are dialled on the request of others: IP addresses of the public internet, of the kinds (IPv4 or
 * IPv6, with what transport) that this peer itself listens on and so is able to dial. Not names: who names them says
 * afterwards what they stand for.
 */
final class DialPolicy {

    private final Supplier<List<Multiaddr>> own;
    private final boolean anyScope;

    /**
     * @param own      the addresses this peer listens on, now
     * @param anyScope whether addresses of private networks are dialled too: for a cloud that has no others, and for
     *                 tests on one machine
     */
    DialPolicy(Supplier<List<Multiaddr>> own, boolean anyScope) {
        this.own = own;
        this.anyScope = anyScope;
    }

    /** What a version 1 request may have dialled: addresses at the IP address that the request came from. */
    List<Multiaddr> atTheAsker(Multiaddr asker, List<Multiaddr> wanted) {
        Optional<InetAddress> ip = Addresses.ip(asker);
        if (ip.isEmpty()) {
            return List.of();
        }
        return wanted.stream().filter(a -> Addresses.ip(a).equals(ip)).filter(this::allowed).distinct().toList();
    }

    /** The first address that a version 2 request may have dialled; its place in the list, or -1 for none. */
    int first(List<Optional<Multiaddr>> wanted) {
        for (int i = 0; i < wanted.size(); i++) {
            if (wanted.get(i).filter(this::allowed).isPresent()) {
                return i;
            }
        }
        return -1;
    }

    /** Whether an address is elsewhere than the peer that wants it dialled, which then has to pay for it. */
    static boolean isForeign(Multiaddr asker, Multiaddr wanted) {
        Optional<InetAddress> ip = Addresses.ip(asker);
        return ip.isEmpty() || !ip.equals(Addresses.ip(wanted));
    }

    private boolean allowed(Multiaddr address) {
        boolean inScope = anyScope ? Addresses.ip(address).filter(ip -> !ip.isAnyLocalAddress()).isPresent()
                : Addresses.isPublic(address);
        return inScope && port(address) != 0
                && own.get().stream().anyMatch(a -> Addresses.kind(a).equals(Addresses.kind(address)));
    }

    private static int port(Multiaddr address) {
        return address.socketAddress().orElseThrow().getPort();
    }
}
