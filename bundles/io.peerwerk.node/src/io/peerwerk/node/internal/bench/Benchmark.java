// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;

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
        PutAndGet.Rates transfers = transfers(plan);
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

    private void row(TextTable table, String what, double rate, PutAndGet.Rates transfers) {
        table.row(what, Figures.number(rate), percent(transfers.put() / rate), percent(transfers.get() / rate));
        output.json(JsonLine.event("row").with("what", what).with("mbPerSecond", rate)
                .with("putRatio", transfers.put() / rate).with("getRatio", transfers.get() / rate));
    }

    private static String percent(double ratio) {
        return Figures.number(ratio * 100) + " %";
    }

    private PutAndGet.Rates transfers(Plan plan) throws IOException, InterruptedException {
        output.transientLine(output.dim("starting " + plan.nodes() + " nodes …"));
        try (LocalCluster cluster = LocalCluster.start(program, plan.nodes(), List.of())) {
            output.transientLine(output.dim("put and get, " + Figures.count(plan.rounds(), "round") + " …"));
            return new PutAndGet(cluster, SHARDS, nanos).rounds(plan.bytes(), plan.rounds());
        }
    }
}
