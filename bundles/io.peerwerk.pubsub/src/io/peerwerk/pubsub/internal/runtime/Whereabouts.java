// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.runtime;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;

import io.peerwerk.transport.Connection;
import org.jspecify.annotations.Nullable;

/** What a peer's address says about who runs it: many peers at one address may be one and the same. */
final class Whereabouts {

    /** An operator has a whole network of this many bytes with IPv6. */
    private static final int IPV6_NETWORK = 8;

    private Whereabouts() {
    }

    /** The address or, with IPv6, the network; null where it says nothing: behind a relay, or on a local network. */
    static @Nullable String of(Connection connection) {
        return connection.relayed() ? null
                : connection.remoteAddress().socketAddress().map(InetSocketAddress::getAddress).map(Whereabouts::of)
                        .orElse(null);
    }

    static @Nullable String of(InetAddress ip) {
        byte[] bytes = ip.getAddress();
        if (ip.isLoopbackAddress() || ip.isSiteLocalAddress() || ip.isLinkLocalAddress() || ip.isAnyLocalAddress()
                || ip instanceof Inet6Address && (bytes[0] & 0xFE) == 0xFC) {
            return null;
        }
        return HexFormat.of().formatHex(ip instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_NETWORK) : bytes);
    }
}
