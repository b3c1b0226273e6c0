// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import java.util.Collection;
import java.util.List;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;

/**
 * Which addresses belong into a table. Strangers' words must not make this peer call the machine itself, services of
 * its link or, from the table of public peers, machines of its site.
 *
 * @param everywhere whether the table is that of public peers; else that of local ones
 * @param loopback   whether addresses of this machine belong into it too
 */
public record AddressRules(boolean everywhere, boolean loopback) {

    /** From how far away an address can be used. */
    private enum Scope { NOWHERE, MACHINE, SITE, EVERYWHERE, NAME }

    // Codes of the multicodec table; both take one byte as a varint.
    private static final int IP4 = 0x04;
    private static final int IP6 = 0x29;

    /** Whether a peer of this table can be asked there. */
    public boolean isDiallable(Multiaddr address) {
        return !address.has(Protocol.P2P_CIRCUIT) && isOfTable(scope(address));
    }

    /** Those where a peer of this table can be asked. */
    public List<Multiaddr> diallable(Collection<Multiaddr> addresses) {
        return addresses.stream().filter(this::isDiallable).distinct().toList();
    }

    /** Those that may be told to others: through relays and by name as well, for whoever looks for the peer. */
    public List<Multiaddr> tellable(Collection<Multiaddr> addresses) {
        return addresses.stream().filter(address -> {
            Scope scope = scope(address);
            return isOfTable(scope) || scope == Scope.NAME || scope == Scope.EVERYWHERE;
        }).distinct().toList();
    }

    private boolean isOfTable(Scope scope) {
        return switch (scope) {
            case EVERYWHERE -> everywhere;
            case SITE -> !everywhere;
            case MACHINE -> loopback;
            case NAME, NOWHERE -> false;
        };
    }

    private static Scope scope(Multiaddr address) {
        byte[] bytes = address.toBytes();
        if (bytes[0] == IP4 && bytes.length > 4) {
            return scope4(bytes, 1);
        }
        if (bytes[0] == IP6 && bytes.length > 16) {
            return scope6(bytes);
        }
        return switch (address.components().getFirst().protocol()) {
            case DNS, DNS4, DNS6, DNSADDR -> Scope.NAME;
            default -> Scope.NOWHERE;
        };
    }

    private static Scope scope4(byte[] address, int at) {
        int first = address[at] & 0xff;
        int second = address[at + 1] & 0xff;
        if (first == 0 || first >= 224 || first == 169 && second == 254) {
            return Scope.NOWHERE;
        }
        if (first == 127) {
            return Scope.MACHINE;
        }
        boolean site = first == 10 || first == 172 && (second & 0xf0) == 16 || first == 192 && second == 168
                || first == 100 && (second & 0xc0) == 64;
        return site ? Scope.SITE : Scope.EVERYWHERE;
    }

    private static Scope scope6(byte[] address) {
        int first = address[1] & 0xff;
        if (zeros(address, 10) && address[11] == -1 && address[12] == -1) { // ::ffff:a.b.c.d
            return scope4(address, 13);
        }
        if (zeros(address, 15)) {
            return address[16] == 1 ? Scope.MACHINE : Scope.NOWHERE;
        }
        if (first == 0xff || first == 0xfe && (address[2] & 0xc0) == 0x80 || zeros(address, 12)) {
            return Scope.NOWHERE;
        }
        return (first & 0xfe) == 0xfc ? Scope.SITE : Scope.EVERYWHERE;
    }

    /** Whether so many bytes after the code are zero. */
    private static boolean zeros(byte[] address, int count) {
        for (int i = 1; i <= count; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
