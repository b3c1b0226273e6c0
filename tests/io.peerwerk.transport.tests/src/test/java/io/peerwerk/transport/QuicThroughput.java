// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.quic.internal.QuicTransport;
import io.peerwerk.transport.spi.Transport;
import io.peerwerk.transport.tcp.internal.TcpTransport;

/**
 * Not a test, a program to look at: how many bytes one stream carries between two hosts of this process, over QUIC,
 * QUIC on Java's own sockets, and TCP. Arguments: MiB a run (256) and runs (3).
 */
final class QuicThroughput {

    private static final String SINK = "/test/sink/1.0.0";
    private static final int MIB = 1 << 20;

    private QuicThroughput() {
    }

    public static void main(String[] args) throws Exception {
        int mib = args.length > 0 ? Integer.parseInt(args[0]) : 256;
        int runs = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        measure("quic", QuicTransport::new, "/ip4/127.0.0.1/udp/0/quic-v1", mib, runs);
        measure("quic over nio", QuicTransport::overNio, "/ip4/127.0.0.1/udp/0/quic-v1", mib, runs);
        measure("tcp, noise, yamux", identity -> new TcpTransport(), "/ip4/127.0.0.1/tcp/0", mib, runs);
    }

    private static void measure(String name, java.util.function.Function<Identity, Transport> transports,
            String address, int mib, int runs) throws Exception {
        try (var hosts = new Hosts(transports)) {
            var options = HostOptions.standard().listeningOn(List.of(Multiaddr.of(address)));
            var alice = hosts.start(options);
            var bob = hosts.start(options);
            bob.handle(SINK, stream -> {
                long count = drain(stream.input());
                stream.output().write(ByteBuffer.allocate(8).putLong(count).array());
            });
            alice.connect(bob.id(), bob.addresses());
            for (int i = 0; i < runs; i++) {
                long cpu = processor();
                long start = System.nanoTime();
                Stream stream = alice.open(bob.id(), SINK);
                send(stream.output(), (long) mib * MIB);
                stream.input().readNBytes(8);
                long nanos = System.nanoTime() - start;
                double bytes = (double) mib * MIB;
                System.out.printf("%-20s %7.1f MB/s, %5.2f ns of processor a byte%n", name, bytes * 1e3 / nanos,
                        (processor() - cpu) / bytes);
                stream.close();
            }
        }
    }

    private static long drain(InputStream in) throws java.io.IOException {
        byte[] block = new byte[1 << 16];
        long total = 0;
        for (int count = in.read(block); count >= 0; count = in.read(block)) {
            total += count;
        }
        return total;
    }

    private static void send(OutputStream out, long bytes) throws java.io.IOException {
        byte[] block = new byte[1 << 16];
        for (long left = bytes; left > 0; left -= block.length) {
            out.write(block, 0, (int) Math.min(left, block.length));
        }
        out.close();
    }

    private static long processor() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
