// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.internal.limits.Limits;
import io.peerwerk.transport.quic.internal.QuicTransport;
import io.peerwerk.transport.spi.SecureChannel;
import io.peerwerk.transport.spi.Swarm;
import io.peerwerk.transport.tcp.internal.NoiseChannel;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import io.peerwerk.transport.tls.internal.TlsChannel;

/**
 * Measures what an idle connection costs a host: the heap after a collection with so many connections, less that with a
 * hundred. The peers live in a process of their own; over TCP each process needs a file descriptor a connection
 * ({@code ulimit -n}).
 *
 * <p>Arguments: {@code noise}, {@code tls} or {@code quic}, and the number of connections.
 */
public final class IdleConnections {

    private static final int FEW = 100;

    /** Connections with one peer; the memory of a host that one peer may take is enough for twice as many. */
    private static final int OF_PEER = 2000;

    private IdleConnections() {
    }

    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[1]);
        if (arguments.length == 3) {
            dial(arguments[0], count, Multiaddr.parse(arguments[2]));
        } else {
            measure(arguments[0], count);
        }
    }

    private static Hosts hosts(String way) {
        if (way.equals("quic")) {
            return new Hosts(QuicTransport::new);
        }
        SecureChannel secure = way.equals("tls") ? new TlsChannel() : new NoiseChannel();
        return new Hosts(new TcpTransport(), secure);
    }

    private static SwitchHost start(Hosts hosts, String way, int count) {
        Limits limits = Limits.ofMemory(16L << 30).atMost(2 * count + FEW, 512).perPeer(2 * count + FEW);
        HostOptions options = HostOptions.local().identifying(false).with(limits);
        return hosts.start(way.equals("quic")
                ? options.listeningOn(List.of(Multiaddr.of("/ip4/127.0.0.1/udp/0/quic-v1"))) : options);
    }

    private static void measure(String way, int count) throws Exception {
        try (Hosts hosts = hosts(way)) {
            SwitchHost host = start(hosts, way, count);
            Process few = dialler(way, host, FEW);
            await(host, FEW);
            long before = heap();
            Process many = dialler(way, host, count);
            await(host, FEW + count);
            long more = heap() - before;
            var metric = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
            System.out.printf(Locale.ROOT, "%s: %d idle connections: %d bytes of heap each; Netty's allocator has %d KiB "
                    + "on the heap and %d KiB off it%n", way, host.connections().size() - FEW, more / count,
                    metric.usedHeapMemory() / 1024, metric.usedDirectMemory() / 1024);
            few.destroy();
            many.destroy();
        }
    }

    private static Process dialler(String way, SwitchHost host, int count) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), IdleConnections.class.getName(),
                way, Integer.toString(count), Hosts.address(host).toString()).inheritIO().start();
    }

    private static void dial(String way, int count, Multiaddr address) throws Exception {
        try (Hosts hosts = hosts(way)) {
            Swarm swarm = start(hosts, way, count);
            var peer = address.peer().orElseThrow();
            for (int i = 0; i < count; i++) {
                if (i > 0 && i % OF_PEER == 0) {
                    swarm = start(hosts, way, count);
                }
                swarm.connect(peer, List.of(address), Swarm.Mode.FRESH);
            }
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private static void await(SwitchHost host, int count) throws InterruptedException {
        while (host.connections().size() < count) {
            Thread.sleep(20);
        }
        Thread.sleep(1000);
    }

    private static long heap() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
