// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;

/**
 * Where a peer asks from.
 *
 * @param relayed whether its own connection passes a relay
 * @param address its IP address; empty for loopback and where there is none
 * @param network the network around that: the first 24 bits of IPv4, 48 of IPv6
 */
record Origin(boolean relayed, Optional<String> address, Optional<String> network) {

    static Origin of(Multiaddr from) {
        Optional<byte[]> ip = from.socketAddress().map(InetSocketAddress::getAddress)
                .filter(a -> !a.isLoopbackAddress()).map(InetAddress::getAddress);
        return new Origin(from.has(Protocol.P2P_CIRCUIT), ip.map(HexFormat.of()::formatHex),
                ip.map(bytes -> HexFormat.of().formatHex(Arrays.copyOf(bytes, bytes.length == 4 ? 3 : 6))));
    }
}
