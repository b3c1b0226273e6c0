// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

import io.peerwerk.node.internal.bench.Ceilings;
import io.peerwerk.node.internal.bench.PutAndGet;
import io.peerwerk.node.internal.bench.transport.ForeignPeers;
import io.peerwerk.node.internal.process.LocalCluster;
import io.peerwerk.node.internal.process.Program;
import io.peerwerk.node.internal.text.ByteSize;
import io.peerwerk.node.internal.text.Figures;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.node.internal.text.TextTable;
import io.peerwerk.storage.PutOptions;

/** Put and get of one file in a cluster of node processes, beside what they are made of and beside other programs. */
final class TransferBenchmark {

    private static final PutOptions SHARDS = PutOptions.standard();

    private final Program program;
    private final Output output;
    private final LongSupplier nanos;

    /** What a file goes through on its way, alone, in megabytes of the file a second; see the package. */
    private record Stage(String name, double rate) {
    }

    TransferBenchmark(Program program, Output output, LongSupplier nanos) {
        this.program = program;
        this.output = output;
        this.nanos = nanos;
    }

    void run(long bytes, int nodes, int rounds, Optional<ForeignPeers> foreign)
            throws IOException, InterruptedException {
        output.transientLine(output.dim("starting " + nodes + " nodes …"));
        PutAndGet.Rates ours;
        double copy;
        double helia = 0;
        // The source stays for those that come after, when no node runs any more.
        Path kept = Files.createTempFile("peerwerk", ".source");
        Path fetched = Files.createTempFile("peerwerk", ".fetched");
        try {
            ours = ours(bytes, nodes, rounds, kept);
            output.transientLine(output.dim("measuring this machine …"));
            copy = new Ceilings(nanos).copy(kept);
            if (foreign.isPresent()) {
                output.transientLine(output.dim("Helia …"));
                helia = foreign.get().helia(kept, fetched);
                if (Files.mismatch(kept, fetched) >= 0) {
                    throw new IOException("what Helia fetched differs");
                }
            }
        } finally {
            Files.delete(kept);
            Files.delete(fetched);
        }
        print(ours, copy, helia, stages(), ByteSize.format(bytes) + " on " + nodes + " nodes, " + SHARDS + " shards");
    }

    private PutAndGet.Rates ours(long bytes, int nodes, int rounds, Path kept) throws IOException, InterruptedException {
        // Three times what is put, and as much again for segments that are not full.
        long offer = 2 * bytes * rounds * SHARDS.totalShards() / SHARDS.dataShards() + (1L << 30);
        try (LocalCluster cluster = LocalCluster.start(program, nodes, List.of("--offer", Long.toString(offer)))) {
            output.transientLine(output.dim("put and get, " + Figures.count(rounds, "round") + " …"));
            var transfer = new PutAndGet(cluster, SHARDS, nanos);
            PutAndGet.Rates rates = transfer.rounds(bytes, rounds);
            Files.move(transfer.source(), kept, StandardCopyOption.REPLACE_EXISTING);
            return rates;
        }
    }

    private List<Stage> stages() throws IOException, InterruptedException {
        var ceilings = new Ceilings(nanos);
        double share = (double) SHARDS.dataShards() / SHARDS.totalShards();
        var stages = new ArrayList<Stage>();
        stages.add(new Stage("AES-256-GCM, once", ceilings.aes256Gcm()));
        stages.add(new Stage("Reed-Solomon, encode", ceilings.reedSolomon(SHARDS)));
        stages.add(new Stage("SHA-256 of all shards", ceilings.sha256() * share));
        stages.add(new Stage("ChaCha20-Poly1305 of all shards", ceilings.chaCha20Poly1305() * share));
        stages.add(new Stage("loopback TCP, all shards", ceilings.loopback() * share));
        Path directory = Files.createTempDirectory("peerwerk");
        try {
            stages.add(new Stage("disk, all shards, fsynced", ceilings.disk(directory) * share));
        } finally {
            Files.delete(directory);
        }
        return stages;
    }

    private void print(PutAndGet.Rates ours, double copy, double helia, List<Stage> stages, String what) {
        output.say(output.bold("Put and get") + "  " + what);
        var table = new TextTable("what", ">MB/s of the file", ">put is", ">get is");
        row(table, "put", ours.put(), ours);
        row(table, "get", ours.get(), ours);
        stages.forEach(stage -> row(table, stage.name(), stage.rate(), ours));
        row(table, "cp, fsynced", copy, ours);
        if (helia > 0) {
            row(table, "Helia to Helia", helia, ours);
        }
        output.say(table);
        Stage slowest = stages.stream().min(Comparator.comparingDouble(Stage::rate)).orElseThrow();
        JsonLine line = JsonLine.event("transfer").with("slowestStage", slowest.name())
                .with("putOfSlowestStage", ours.put() / slowest.rate());
        String words = "put is " + percent(ours.put() / slowest.rate()) + " of its slowest stage (" + slowest.name()
                + ")";
        if (helia > 0) {
            line.with("getOfHelia", ours.get() / helia);
            words += ", get is " + Figures.number(ours.get() / helia) + " times Helia";
        }
        output.say(words);
        output.json(line);
    }

    private void row(TextTable table, String what, double rate, PutAndGet.Rates ours) {
        table.row(what, Figures.number(rate), percent(ours.put() / rate), percent(ours.get() / rate));
        output.json(JsonLine.event("row").with("what", what).with("mbPerSecond", rate)
                .with("putRatio", ours.put() / rate).with("getRatio", ours.get() / rate));
    }

    private static String percent(double ratio) {
        return Figures.number(ratio * 100) + " %";
    }
}
