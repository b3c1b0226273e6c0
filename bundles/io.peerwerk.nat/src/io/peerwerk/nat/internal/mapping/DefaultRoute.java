// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.mapping;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Where the router is. Linux says it in {@code /proc/net/route}; elsewhere it is guessed to have the first address of
 * the network that this machine's way out leads through, as nearly all home routers do. A wrong guess finds nobody that
 * answers, and UPnP does not need it.
 */
final class DefaultRoute {

    private static final Path LINUX = Path.of("/proc/net/route");
    private static final int MAX_TABLE = 1 << 20;
    private static final int UP_AND_GATEWAY = 3;

    private DefaultRoute() {
    }

    /** The router's address; empty if there is none. */
    static Optional<InetAddress> gateway() {
        try {
            if (Files.isReadable(LINUX)) {
                try (var in = Files.newInputStream(LINUX)) {
                    return fromTable(new String(in.readNBytes(MAX_TABLE), StandardCharsets.US_ASCII));
                }
            }
            return guessed();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The gateway of the default route with the lowest metric in the text of Linux's routing table. */
    static Optional<InetAddress> fromTable(String table) {
        InetAddress best = null;
        long bestMetric = Long.MAX_VALUE;
        for (String line : table.lines().skip(1).toList()) {
            String[] columns = line.trim().split("\\s+");
            InetAddress gateway = columns.length < 8 ? null : gateway(columns);
            long metric = gateway == null ? 0 : number(columns[6], 10);
            if (gateway != null && metric >= 0 && metric < bestMetric) {
                best = gateway;
                bestMetric = metric;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Columns: interface, destination, gateway, flags, references, uses, metric, mask. */
    private static @Nullable InetAddress gateway(String[] columns) {
        long flags = number(columns[3], 16);
        boolean isDefault = number(columns[1], 16) == 0 && number(columns[7], 16) == 0;
        long address = number(columns[2], 16);
        if (!isDefault || (flags & UP_AND_GATEWAY) != UP_AND_GATEWAY || address <= 0) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt((int) address);
        return address(bytes.array());
    }

    private static long number(String text, int radix) {
        try {
            return Long.parseLong(text, radix);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** No datagram is sent: a socket that is connected knows by which address of this machine its way leads. */
    private static Optional<InetAddress> guessed() throws IOException {
        InetAddress local;
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}), 9));
            local = socket.getLocalAddress();
        }
        NetworkInterface card = NetworkInterface.getByInetAddress(local);
        if (card == null) {
            return Optional.empty();
        }
        for (InterfaceAddress each : card.getInterfaceAddresses()) {
            if (each.getAddress().equals(local) && local instanceof Inet4Address) {
                return Optional.of(firstOf(local, each.getNetworkPrefixLength()));
            }
        }
        return Optional.empty();
    }

    /** The first address of a network after that of the network itself. */
    static InetAddress firstOf(InetAddress member, int prefix) {
        int bits = ByteBuffer.wrap(member.getAddress()).getInt();
        int mask = prefix == 0 ? 0 : -1 << 32 - prefix;
        return address(ByteBuffer.allocate(4).putInt((bits & mask) + 1).array());
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
