// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.control.Messages.ItemReport;
import io.peerwerk.node.internal.process.LocalCluster;
import io.peerwerk.node.internal.process.Program;
import io.peerwerk.node.internal.text.ByteSize;
import io.peerwerk.node.internal.text.Figures;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.node.internal.text.TextTable;
import io.peerwerk.storage.PutOptions;

/**
 * Measures put and get in a cluster of node processes on this machine, and the ceilings beside them. Nothing else runs
 * meanwhile: first the cluster, then, when it is gone, one ceiling after the other.
 */
public final class Benchmark {
    private static final PutOptions SHARDS = PutOptions.standard();
    private static final int BUFFER = 1 << 16;

    private final Program program;
    private final Output output;
    private final LongSupplier nanos;

    /**
     * What to measure.
     *
     * @param bytes size of the file
     * @param nodes in the cluster, the one that is asked included
     * @param rounds how often to put and get; the medians count
     */
    public record Plan(long bytes, int nodes, int rounds) {
    }

    private record Transfers(double put, double get) {
    }

    public Benchmark(Program program, Output output, LongSupplier nanos) {
        this.program = program;
        this.output = output;
        this.nanos = nanos;
    }

    /** Runs it and prints the table. */
    public void run(Plan plan) throws IOException, InterruptedException {
        output.say(output.bold("Peerwerk bench") + "  " + ByteSize.format(plan.bytes()) + ", " + SHARDS + " shards on "
                + plan.nodes() + " node processes, " + Runtime.getRuntime().availableProcessors() + " processors");
        output.say("");
        Transfers transfers = transfers(plan);
        var table = new TextTable("what", ">MB/s", ">put is", ">get is");
        row(table, "put", transfers.put(), transfers);
        row(table, "get", transfers.get(), transfers);
        var ceilings = new Ceilings(nanos);
        output.transientLine(output.dim("measuring this machine …"));
        row(table, "loopback TCP, plain", ceilings.loopback(), transfers);
        row(table, "ChaCha20-Poly1305, 64 KiB", ceilings.chaCha20Poly1305(), transfers);
        row(table, "AES-256-GCM, 1 MiB", ceilings.aes256Gcm(), transfers);
        row(table, "SHA-256", ceilings.sha256(), transfers);
        row(table, "Reed-Solomon " + SHARDS + ", encode", ceilings.reedSolomon(SHARDS), transfers);
        row(table, "disk, sequential and fsynced", disk(ceilings), transfers);
        output.say(table);
    }

    private double disk(Ceilings ceilings) throws IOException {
        Path directory = Files.createTempDirectory("peerwerk");
        try {
            return ceilings.disk(directory);
        } finally {
            Files.delete(directory);
        }
    }

    private void row(TextTable table, String what, double rate, Transfers transfers) {
        table.row(what, Figures.number(rate), percent(transfers.put() / rate), percent(transfers.get() / rate));
        output.json(JsonLine.event("row").with("what", what).with("mbPerSecond", rate)
                .with("putRatio", transfers.put() / rate).with("getRatio", transfers.get() / rate));
    }

    private static String percent(double ratio) {
        return Figures.number(ratio * 100) + " %";
    }

    private Transfers transfers(Plan plan) throws IOException, InterruptedException {
        output.transientLine(output.dim("starting " + plan.nodes() + " nodes …"));
        try (LocalCluster cluster = LocalCluster.start(program, plan.nodes(), List.of())) {
            double[] puts = new double[plan.rounds()];
            double[] gets = new double[plan.rounds()];
            Path source = cluster.directory().resolve("source");
            Path copy = cluster.directory().resolve("copy");
            for (int round = 0; round < plan.rounds(); round++) {
                output.transientLine(output.dim("put and get, round " + (round + 1) + " of " + plan.rounds() + " …"));
                fill(source, plan.bytes(), round);
                long start = nanos.getAsLong();
                ItemReport item = put(cluster, source);
                puts[round] = Figures.megabytesPerSecond(plan.bytes(), since(start));
                start = nanos.getAsLong();
                get(cluster, item, copy);
                gets[round] = Figures.megabytesPerSecond(plan.bytes(), since(start));
                if (Files.mismatch(source, copy) >= 0) {
                    throw new IOException("the fetched file differs from the stored one");
                }
                Files.delete(copy);
            }
            return new Transfers(median(puts), median(gets));
        }
    }

    private static ItemReport put(LocalCluster cluster, Path source) throws IOException {
        try (ControlClient node = cluster.node(1).control()) {
            return node.put(source, SHARDS.toString());
        }
    }

    /** From another node than the one that stored it. */
    private static void get(LocalCluster cluster, ItemReport item, Path copy) throws IOException {
        try (ControlClient node = cluster.node(2).control()) {
            node.get(item.uri(), copy);
        }
    }

    /** Bytes that are like no others, so that nothing is stored already. */
    private static void fill(Path file, long bytes, long seed) throws IOException {
        var random = new SplittableRandom(seed);
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
            for (long left = bytes; left > 0; left -= BUFFER) {
                random.nextBytes(buffer);
                out.write(buffer, 0, (int) Math.min(BUFFER, left));
            }
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private Duration since(long start) {
        return Duration.ofNanos(nanos.getAsLong() - start);
    }
}
