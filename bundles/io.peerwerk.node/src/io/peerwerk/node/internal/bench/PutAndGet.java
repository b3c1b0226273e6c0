// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.control.Messages.ItemReport;
import io.peerwerk.node.internal.process.LocalCluster;
import io.peerwerk.node.internal.text.Figures;
import io.peerwerk.storage.PutOptions;

/** Puts files with one node of a cluster and gets them with another; each round a file that is like none before. */
public final class PutAndGet {

    private static final int BUFFER = 1 << 16;

    private final LocalCluster cluster;
    private final PutOptions shards;
    private final LongSupplier nanos;
    private final Path source;
    private int round;

    /** Megabytes of the file a second. */
    public record Rates(double put, double get) {

        /** The medians of several. */
        static Rates median(Rates[] rates) {
            return new Rates(middle(Arrays.stream(rates).mapToDouble(Rates::put).toArray()),
                    middle(Arrays.stream(rates).mapToDouble(Rates::get).toArray()));
        }

        private static double middle(double[] values) {
            Arrays.sort(values);
            return values[values.length / 2];
        }
    }

    public PutAndGet(LocalCluster cluster, PutOptions shards, LongSupplier nanos) {
        this.cluster = cluster;
        this.shards = shards;
        this.nanos = nanos;
        source = cluster.directory().resolve("source");
    }

    /** The file of the last round. */
    public Path source() {
        return source;
    }

    /** Several rounds, of which the medians count. */
    public Rates rounds(long bytes, int rounds) throws IOException {
        var rates = new Rates[rounds];
        for (int i = 0; i < rounds; i++) {
            rates[i] = once(bytes);
        }
        return Rates.median(rates);
    }

    /** One round. The fetched file is compared with the stored one. */
    public Rates once(long bytes) throws IOException {
        Path copy = cluster.directory().resolve("copy");
        fill(source, bytes, round++);
        long start = nanos.getAsLong();
        ItemReport item = put();
        double put = Figures.megabytesPerSecond(bytes, since(start));
        start = nanos.getAsLong();
        get(item, copy);
        double get = Figures.megabytesPerSecond(bytes, since(start));
        if (Files.mismatch(source, copy) >= 0) {
            throw new IOException("the fetched file differs from the stored one");
        }
        Files.delete(copy);
        return new Rates(put, get);
    }

    private ItemReport put() throws IOException {
        try (ControlClient node = cluster.node(1).control()) {
            return node.put(source, shards.toString());
        }
    }

    /** From another node than the one that stored it. */
    private void get(ItemReport item, Path copy) throws IOException {
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

    private Duration since(long start) {
        return Duration.ofNanos(nanos.getAsLong() - start);
    }
}
