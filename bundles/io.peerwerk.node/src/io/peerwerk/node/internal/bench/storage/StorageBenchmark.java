// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.storage;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

import io.peerwerk.node.internal.bench.transport.ForeignPeers;
import io.peerwerk.node.internal.process.Program;
import io.peerwerk.node.internal.text.Output;
import org.osgi.framework.BundleContext;

/** Measures the storage part by part and prints a table for each. */
public final class StorageBenchmark {

    private final BundleContext context;
    private final Program program;
    private final Output output;
    private final LongSupplier nanos;

    /** What can be measured; named in lower case where it is chosen. */
    public enum Part {
        CODING, BLOCKS, TRANSFER, HEAP;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What to measure.
     *
     * @param bytes of the file to put and get
     * @param rounds how often; the medians count
     * @param nodes in the cluster that puts and gets
     * @param blocks in each row of the block stores
     * @param heapSizes of the files whose heap is looked at
     */
    public record Plan(Set<Part> parts, long bytes, int rounds, int nodes, int blocks, List<Long> heapSizes) {
    }

    /** Who to compare with, where it is installed. */
    public record Others(Optional<ForeignPeers> helia, Optional<RocksDb> rocksDb) {
    }

    /**
     * @param context whose framework has the block stores
     * @param program starts the nodes
     */
    public StorageBenchmark(BundleContext context, Program program, Output output, LongSupplier nanos) {
        this.context = context;
        this.program = program;
        this.output = output;
        this.nanos = nanos;
    }

    /** Runs it and prints the tables. Takes minutes. */
    public void run(Plan plan, Others others) throws IOException, InterruptedException {
        output.say(output.bold("Peerwerk bench storage") + "  on " + Runtime.getRuntime().availableProcessors()
                + " processors");
        for (Part part : plan.parts()) {
            output.say("");
            switch (part) {
                case CODING -> new CodingBenchmark(output, nanos, plan.rounds()).run();
                case BLOCKS -> new BlocksBenchmark(context, output, nanos).run(plan.blocks(), others.rocksDb());
                case TRANSFER -> new TransferBenchmark(program, output, nanos).run(plan.bytes(), plan.nodes(),
                        plan.rounds(), others.helia());
                case HEAP -> new HeapBenchmark(program, output, nanos).run(plan.heapSizes());
            }
        }
    }
}
