// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.peerwerk.core.multiformats.Multiaddr;

/**
 * A part of the internet that one owner usually has whole: the first 16 bits of an IPv4 address, the first 32 of an
 * IPv6 address. Addresses are cheap within one and dear across many.
 *
 * @param prefix the bits as text
 */
record Network(String prefix) {

    private static final int IP4 = 0x04;
    private static final int IP6 = 0x29;

    /** The network of an address; none for one of this machine, or without an IP address. */
    static Optional<Network> of(Multiaddr address) {
        byte[] bytes = address.toBytes();
        if (bytes[0] == IP4 && bytes.length > 4) {
            return bytes[1] == 127 ? Optional.empty() : Optional.of(prefix(bytes, 3));
        }
        if (bytes[0] != IP6 || bytes.length <= 16) {
            return Optional.empty();
        }
        boolean loopback = bytes[16] == 1 && isZero(bytes, 1, 16);
        return loopback ? Optional.empty() : Optional.of(prefix(bytes, 5));
    }

    static Set<Network> of(Collection<Multiaddr> addresses) {
        return addresses.stream().map(Network::of).flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet());
    }

    private static Network prefix(byte[] bytes, int end) {
        return new Network(HexFormat.of().formatHex(bytes, 0, end));
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        return Arrays.equals(bytes, from, to, new byte[to - from], 0, to - from);
    }
}
