// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.storage;

import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;

import io.peerwerk.node.internal.bench.PutAndGet;
import io.peerwerk.node.internal.process.LocalCluster;
import io.peerwerk.node.internal.process.Program;
import io.peerwerk.node.internal.text.ByteSize;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.node.internal.text.TextTable;
import io.peerwerk.storage.PutOptions;

/** The largest live heap of the node that puts and of the one that gets, for files of growing sizes. */
final class HeapBenchmark {

    private static final int NODES = 3;
    private static final PutOptions SHARDS = PutOptions.standard();

    private final Program program;
    private final Output output;
    private final LongSupplier nanos;
    private final TextTable table = new TextTable("file", ">putting: live heap", ">getting: live heap", ">looked");

    HeapBenchmark(Program program, Output output, LongSupplier nanos) {
        this.program = program;
        this.output = output;
        this.nanos = nanos;
    }

    /** Each size with a cluster of its own, which takes more than three times as much disk and gives it back. */
    void run(List<Long> sizes) throws IOException, InterruptedException {
        for (long bytes : sizes) {
            output.transientLine(output.dim("heap with " + ByteSize.format(bytes) + " …"));
            measure(bytes);
        }
        output.say(output.bold("Live heap") + "  the most that was seen while a file was put and got, both nodes the "
                + "same ones");
        output.say(table);
    }

    private void measure(long bytes) throws IOException, InterruptedException {
        long offer = 2 * bytes * SHARDS.totalShards() / SHARDS.dataShards() + (1L << 30);
        try (LocalCluster cluster = LocalCluster.start(program, NODES, List.of("--offer", Long.toString(offer)));
                LiveHeap putting = LiveHeap.watch(cluster.node(1).pid());
                LiveHeap getting = LiveHeap.watch(cluster.node(2).pid())) {
            new PutAndGet(cluster, SHARDS, nanos).once(bytes);
            long looked = Math.min(putting.looked(), getting.looked());
            table.row(ByteSize.format(bytes), ByteSize.format(putting.most()), ByteSize.format(getting.most()),
                    Long.toString(looked));
            output.json(JsonLine.event("heap").with("bytes", bytes).with("puttingHeapBytes", putting.most())
                    .with("gettingHeapBytes", getting.most()).with("looked", looked));
        }
    }
}
