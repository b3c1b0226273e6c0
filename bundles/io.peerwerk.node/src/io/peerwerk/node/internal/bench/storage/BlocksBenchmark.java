// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import io.peerwerk.node.internal.text.Figures;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.node.internal.text.TextTable;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.BlockStore;
import io.peerwerk.storage.BlockStores;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Blocks a second that are put, each durable before the next of its writer, and got again, of every block store that is
 * published in this framework and of RocksDB. Each row has an empty folder of its own.
 */
final class BlocksBenchmark {

    /** A shard of a chunk with the standard code. */
    static final int BLOCK = 104_858;
    private static final int[] WRITERS = {1, 8, 64};
    private static final long QUOTA = 1L << 40;

    private final BundleContext context;
    private final Output output;
    private final LongSupplier nanos;
    private final TextTable table = new TextTable("store", ">writers", ">puts/s", ">gets/s");

    /** Blocks a second. */
    record Rates(double puts, double gets) {
    }

    /** Something that is done to the n-th block. */
    @FunctionalInterface
    private interface Step {
        void at(int number) throws IOException;
    }

    BlocksBenchmark(BundleContext context, Output output, LongSupplier nanos) {
        this.context = context;
        this.output = output;
        this.nanos = nanos;
    }

    /** @param count of blocks in each row */
    void run(int count, Optional<RocksDb> rocksDb) throws IOException, InterruptedException {
        List<Block> blocks = blocks(count);
        for (ServiceReference<BlockStores> reference : stores()) {
            BlockStores stores = context.getService(reference);
            if (stores != null) {
                try {
                    measure(stores, blocks);
                } finally {
                    context.ungetService(reference);
                }
            }
        }
        if (rocksDb.isPresent()) {
            for (int writers : WRITERS) {
                measuring("RocksDB", writers);
                row("RocksDB", writers, inFolder(folder -> rocksDb.get().measure(folder, writers, count)));
            }
        }
        output.say(output.bold("Block stores") + "  " + Figures.count(count, "block") + " of "
                + BLOCK / 1000 + " kB, each put fsynced; as many readers as writers");
        output.say(table);
    }

    private Collection<ServiceReference<BlockStores>> stores() {
        try {
            return context.getServiceReferences(BlockStores.class, null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Block> blocks(int count) {
        var random = new SplittableRandom(7);
        var blocks = new ArrayList<Block>(count);
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[BLOCK];
            random.nextBytes(bytes);
            blocks.add(Block.raw(bytes));
        }
        return blocks;
    }

    private void measure(BlockStores stores, List<Block> blocks) throws IOException, InterruptedException {
        measuring(stores.name(), 0);
        inFolder(folder -> once(stores, folder, blocks, WRITERS[1]));
        for (int writers : WRITERS) {
            measuring(stores.name(), writers);
            row(stores.name(), writers, inFolder(folder -> once(stores, folder, blocks, writers)));
        }
    }

    private Rates once(BlockStores stores, Path folder, List<Block> blocks, int writers)
            throws IOException, InterruptedException {
        try (BlockStore store = stores.open(folder, QUOTA)) {
            double puts = rate(blocks.size(), writers, i -> store.put(List.of(blocks.get(i))));
            double gets = rate(blocks.size(), writers, i -> {
                if (store.get(blocks.get(i).cid()).isEmpty()) {
                    throw new IOException("the store lost a block");
                }
            });
            return new Rates(puts, gets);
        }
    }

    /** Every thread takes each so many-th block. */
    private double rate(int count, int threads, Step step) throws IOException, InterruptedException {
        try (ExecutorService all = Executors.newFixedThreadPool(threads)) {
            long start = nanos.getAsLong();
            var running = new ArrayList<Future<?>>();
            for (int thread = 0; thread < threads; thread++) {
                int first = thread;
                running.add(all.submit(() -> {
                    for (int i = first; i < count; i += threads) {
                        step.at(i);
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
            return count / ((nanos.getAsLong() - start) / 1e9);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    /** Work that leaves files behind. */
    @FunctionalInterface
    private interface InFolder {
        Rates run(Path folder) throws IOException, InterruptedException;
    }

    private static Rates inFolder(InFolder work) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("peerwerk-blocks");
        try {
            return work.run(folder);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                    Files.delete(file);
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
    }

    private void measuring(String store, int writers) {
        output.transientLine(output.dim(store + (writers == 0 ? ", warming up …" : ", "
                + Figures.count(writers, "writer") + " …")));
    }

    private void row(String store, int writers, Rates rates) {
        table.row(store, Integer.toString(writers), Figures.number(rates.puts()), Figures.number(rates.gets()));
        output.json(JsonLine.event("blocks").with("store", store).with("writers", writers)
                .with("putsPerSecond", rates.puts()).with("getsPerSecond", rates.gets()));
    }
}
