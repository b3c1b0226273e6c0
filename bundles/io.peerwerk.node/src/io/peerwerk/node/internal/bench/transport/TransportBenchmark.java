// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.transport;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.node.internal.process.Program;
import io.peerwerk.node.internal.text.ByteSize;
import io.peerwerk.node.internal.text.Figures;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.node.internal.text.TextTable;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Perf;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/** Measures the transports of this build and prints the table. */
public final class TransportBenchmark {

    private static final Duration HANDSHAKES_FOR = Duration.ofSeconds(5);

    private static final Multiaddr TCP = Multiaddr.of("/ip4/127.0.0.1/tcp/0");
    private static final Multiaddr UDP = Multiaddr.of("/ip4/127.0.0.1/udp/0/quic-v1");

    private static final String NOISE = "/noise";

    private static final List<Way> WAYS = List.of(new Way("TCP + Noise", NOISE, TCP, "tcp", "noise"),
            new Way("TCP + TLS", "/tls/1.0.0", TCP, "tcp", "tls"), new Way("QUIC", "/tls/1.0.0", UDP, "quic", "noise"));

    private final BundleContext context;
    private final Program program;
    private final Output output;
    private final LongSupplier nanos;
    private final TextTable table = new TextTable("what", ">MB/s", ">ns/byte", ">x TLS alone", ">x js-libp2p");
    private final TextTable connections = new TextTable("way", ">handshakes/s", ">idle: heap bytes, dialling",
            ">dialled");

    /**
     * What to measure.
     *
     * @param bytes       to move in each round and direction
     * @param rounds      how often; the middle one counts
     * @param streams     of the rows with many streams
     * @param connections idle ones whose memory is measured
     * @param foreign     the peers to compare with
     */
    public record Plan(long bytes, int rounds, int streams, int connections, Optional<ForeignPeers> foreign) {
    }

    /** One way to move bytes between peers, and what js-libp2p calls it. */
    private record Way(String name, String security, Multiaddr listen, String transport, String encryption) {
    }

    /** What a cost is compared with; null for what is not there. */
    private record Yardsticks(@Nullable Cost tls, @Nullable Cost foreign) {

        static final Yardsticks NONE = new Yardsticks(null, null);

        double toTls(Cost cost) {
            return tls == null ? 0 : cost.nanosPerByte() / tls.nanosPerByte();
        }

        double toForeign(Cost cost) {
            return foreign == null ? 0 : cost.mbPerSecond() / foreign.mbPerSecond();
        }
    }

    /** @param program starts the other ends of the idle connections */
    public TransportBenchmark(BundleContext context, Program program, Output output, LongSupplier nanos) {
        this.context = context;
        this.program = program;
        this.output = output;
        this.nanos = nanos;
    }

    /** Runs it and prints the table. Takes minutes. */
    public void run(Plan plan) throws IOException, InterruptedException {
        output.say(output.bold("Peerwerk bench transport") + "  " + ByteSize.format(plan.bytes())
                + " one way over loopback, both ends on " + Runtime.getRuntime().availableProcessors() + " processors");
        output.say("");
        var meter = new Meter(nanos, plan.rounds());
        measuring("plain sockets");
        row("loopback TCP, plain", meter.measure(plan.bytes(), new PlainSockets()), Yardsticks.NONE);
        for (Way way : WAYS) {
            measure(way, plan, meter);
        }
        output.say(table);
        output.say("");
        output.say(connections);
    }

    private void measure(Way way, Plan plan, Meter meter) throws IOException, InterruptedException {
        Cost foreign = null;
        if (plan.foreign().isPresent()) {
            measuring("js-libp2p, " + way.name());
            foreign = plan.foreign().get().measure(way.transport(), way.encryption(), plan.bytes() / 4);
            row("js-libp2p, " + way.name(), foreign, Yardsticks.NONE);
        }
        try (NettyTls tls = NettyTls.start(NettyTls.AES_GCM);
                NettyTls sameCipher = NettyTls.start(NettyTls.CHACHA20);
                HostPair hosts = HostPair.start(context, way.security(), way.listen())) {
            Perf.serve(hosts.server(), Long.MAX_VALUE, plan.streams());
            SequencedMap<String, Meter.Work> works = works(way, hosts.connect(), plan.streams());
            if (way.security().equals(NOISE)) {
                works.putFirst("the same with Noise's cipher", sameCipher);
            }
            works.putFirst("Netty + JDK TLS 1.3, nothing else", tls);
            measuring(way.name());
            List<Cost> costs = meter.measure(plan.bytes(), List.copyOf(works.values()));
            var yardsticks = new Yardsticks(costs.getFirst(), foreign);
            Iterator<Cost> each = costs.iterator();
            works.keySet().forEach(what -> row(what, each.next(), yardsticks));
        }
        double handshakes = handshakes(way);
        IdleConnections.Bytes idle = idle(way, plan.connections());
        connections.row(way.name(), Figures.number(handshakes), Long.toString(idle.dialling()),
                Long.toString(idle.dialled()));
    }

    private static SequencedMap<String, Meter.Work> works(Way way, Connection connection, int many) {
        var works = new LinkedHashMap<String, Meter.Work>();
        for (int streams : new int[] {1, many}) {
            String what = way.name() + ", " + Figures.count(streams, "stream");
            works.put(what + ", there", bytes -> move(connection, streams, bytes, 0));
            works.put(what + ", back", bytes -> move(connection, streams, 0, bytes));
        }
        return works;
    }

    private void measuring(String what) {
        output.transientLine(output.dim("measuring " + what + " …"));
    }

    private static void move(Connection connection, int streams, long up, long down) throws IOException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var moving = new ArrayList<Future<?>>();
            for (int i = 0; i < streams; i++) {
                long mineUp = share(up, streams, i);
                long mineDown = share(down, streams, i);
                moving.add(threads.submit(() -> Perf.measure(connection, mineUp, mineDown, (sent, received) -> { })));
            }
            for (Future<?> one : moving) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static long share(long bytes, int parts, int part) {
        return bytes / parts + (part < bytes % parts ? 1 : 0);
    }

    /** How many connections are made in a second, one after the other. */
    private double handshakes(Way way) throws IOException {
        measuring(way.name() + ", handshakes");
        try (HostPair hosts = HostPair.start(context, way.security(), way.listen())) {
            hosts.connectAgain().close();
            long start = nanos.getAsLong();
            int count = 0;
            while (nanos.getAsLong() - start < HANDSHAKES_FOR.toNanos()) {
                hosts.connectAgain().close();
                count++;
            }
            double rate = count / ((nanos.getAsLong() - start) / 1e9);
            output.json(JsonLine.event("handshakes").with("what", way.name()).with("perSecond", rate));
            return rate;
        }
    }

    private IdleConnections.Bytes idle(Way way, int count) throws IOException {
        measuring(way.name() + ", idle connections");
        IdleConnections.Bytes bytes = IdleConnections.measure(context, program, count, way.security(), way.listen());
        output.json(JsonLine.event("idle").with("what", way.name()).with("connections", count)
                .with("heapBytesDialling", bytes.dialling()).with("heapBytesDialled", bytes.dialled()));
        return bytes;
    }

    private void row(String what, Cost cost, Yardsticks yardsticks) {
        double toTls = yardsticks.toTls(cost);
        double toForeign = yardsticks.toForeign(cost);
        table.row(what, Figures.number(cost.mbPerSecond()), Figures.number(cost.nanosPerByte()), ratio(toTls),
                ratio(toForeign));
        output.json(JsonLine.event("row").with("what", what).with("mbPerSecond", cost.mbPerSecond())
                .with("nanosPerByte", cost.nanosPerByte()).with("tlsRatio", toTls).with("foreignRatio", toForeign));
    }

    private static String ratio(double value) {
        return value == 0 ? "" : Figures.number(value);
    }
}
