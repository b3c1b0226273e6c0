// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;

import io.peerwerk.node.internal.bench.storage.RocksDb;
import io.peerwerk.node.internal.bench.storage.StorageBenchmark;
import io.peerwerk.node.internal.bench.storage.StorageBenchmark.Others;
import io.peerwerk.node.internal.bench.storage.StorageBenchmark.Part;
import io.peerwerk.node.internal.bench.storage.StorageBenchmark.Plan;
import io.peerwerk.node.internal.bench.transport.ForeignPeers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "storage", description = {"Measures the storage part by part beside what else does the same.",
    "The erasure code beside a plain coder; block stores beside RocksDB; put and get beside each of their stages, a copy "
            + "and Helia; the heap while files of growing sizes are put and got.",
    "RocksDB and Helia are measured where they are installed. Compare figures of one run only."},
        footerHeading = "%nExample:%n", footer = "  peerwerk bench storage --only coding,transfer --size 256MB")
final class BenchStorageCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @ParentCommand
    private @Nullable BenchCommand bench;

    @Option(names = "--only", paramLabel = "PART", split = ",",
            description = "${COMPLETION-CANDIDATES}, separated by commas (default: all)")
    private Set<Part> only = EnumSet.allOf(Part.class);

    @Option(names = "--size", paramLabel = "SIZE", defaultValue = "1GiB",
            description = "the file to put and get (default: ${DEFAULT-VALUE})")
    private @Nullable Size size;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3",
            description = "how often; the medians count (default: ${DEFAULT-VALUE})")
    private int rounds = 3;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "5",
            description = "node processes that put and get, 2 to 30 (default: ${DEFAULT-VALUE})")
    private int nodes = 5;

    @Option(names = "--blocks", paramLabel = "N", defaultValue = "1024",
            description = "of 105 kB in each row of the block stores, 64 to 10000 (default: ${DEFAULT-VALUE})")
    private int blocks = 1024;

    @Option(names = "--heap-sizes", paramLabel = "SIZE", split = ",", defaultValue = "10MB,100MB,1GB",
            description = "files whose heap is looked at, smallest first (default: ${DEFAULT-VALUE})")
    private List<Size> heapSizes = List.of();

    @Option(names = "--foreign", paramLabel = "DIR", defaultValue = "tests/foreign-peers",
            description = "where Helia and RocksDB's program are (default: ${DEFAULT-VALUE})")
    private @Nullable Path foreign;

    @Override
    public Integer call() throws IOException, InterruptedException {
        RootCommand parent = Objects.requireNonNull(bench).root();
        long bytes = Objects.requireNonNull(size).bytes();
        if (rounds < 1 || bytes < 1 || nodes < 2 || nodes > 30 || blocks < 64 || blocks > 10_000
                || heapSizes.stream().anyMatch(one -> one.bytes() < 1)) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(),
                    "there must be a round, 2 to 30 nodes, 64 to 10000 blocks and a byte in each file at least");
        }
        var parts = EnumSet.copyOf(only);
        new StorageBenchmark(parent.around().framework().get(), parent.around().program().get(), parent.output(),
                System::nanoTime)
                .run(new Plan(parts, bytes, rounds, nodes, blocks, heapSizes.stream().map(Size::bytes).toList()),
                        others(parent, parts));
        return CommandLineProgram.DONE;
    }

    /** Says what is not compared with, and why. */
    private Others others(RootCommand parent, Set<Part> parts) throws IOException, InterruptedException {
        var helia = ForeignPeers.in(foreign);
        if (helia.isEmpty() && parts.contains(Part.TRANSFER)) {
            parent.output().note("not beside Helia: Node.js or " + foreign + " with its packages is missing");
        }
        Path folder = foreign == null ? null : foreign.resolve("rocksdb");
        var rocksDb = RocksDb.in(folder);
        if (rocksDb.isEmpty() && parts.contains(Part.BLOCKS)) {
            parent.output().note("not beside RocksDB: " + folder + " or its jar is missing");
        }
        return new Others(helia, rocksDb);
    }
}
