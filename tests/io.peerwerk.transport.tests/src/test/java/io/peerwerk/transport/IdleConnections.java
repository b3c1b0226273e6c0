// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.fixtures.RawPeer;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.internal.limits.Limits;
import io.peerwerk.transport.tcp.internal.NoiseChannel;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import io.peerwerk.transport.tcp.internal.YamuxMuxer;

/**
 * Measures what an idle connection costs a host: the heap after a collection with so many connections, less that with a
 * hundred. The peers live in a process of their own; each process needs a file descriptor a connection
 * ({@code ulimit -n}).
 *
 * <p>Argument: the number of connections, 2,000 if there is none.
 */
public final class IdleConnections {

    private static final int FEW = 100;

    private IdleConnections() {
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 2) {
            dial(Multiaddr.parse(arguments[0]), Integer.parseInt(arguments[1]));
        } else {
            measure(arguments.length == 1 ? Integer.parseInt(arguments[0]) : 2000);
        }
    }

    private static void measure(int count) throws Exception {
        var options = HostOptions.local().identifying(false)
                .with(Limits.ofMemory(8L << 30).atMost(2 * count + FEW, 512));
        try (var tcp = new TcpTransport(); var host = new SwitchHost(Identity.generate(new SecureRandom()), options,
                List.of(tcp), List.of(new NoiseChannel()), List.of(new YamuxMuxer()))) {
            Process few = dialler(host, FEW);
            await(host, FEW);
            long before = heap();
            Process many = dialler(host, count);
            await(host, FEW + count);
            long more = heap() - before;
            var metric = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
            System.out.printf(Locale.ROOT, "%d idle connections: %d bytes of heap each; Netty's allocator has %d KiB "
                    + "on the heap and %d KiB off it%n", count, more / count, metric.usedHeapMemory() / 1024,
                    metric.usedDirectMemory() / 1024);
            few.destroy();
            many.destroy();
        }
    }

    private static Process dialler(SwitchHost host, int count) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), IdleConnections.class.getName(),
                host.addresses().getFirst().toString(), Integer.toString(count)).inheritIO().start();
    }

    private static void dial(Multiaddr address, int count) throws Exception {
        var peers = new ArrayList<RawPeer>();
        for (int i = 0; i < count; i++) {
            peers.add(new RawPeer(address).secured());
        }
        Thread.sleep(Long.MAX_VALUE);
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
