// SPDX-License-Identifier: EPL-2.0
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteOptions;

/** Blocks a second put and got by RocksDB with its defaults, each put synced: RocksBlocks FOLDER WRITERS COUNT BYTES. */
public final class RocksBlocks {

    private static final int WARM_UP_WRITERS = 8;

    private interface Step {
        void at(int number) throws Exception;
    }

    private static double rate(int count, int threads, Step step) throws Exception {
        try (var all = Executors.newFixedThreadPool(threads)) {
            long start = System.nanoTime();
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
            return count / ((System.nanoTime() - start) / 1e9);
        }
    }

    /** As long as the binary form of a CID, and as random. */
    private static byte[] key(int number) {
        byte[] key = new byte[36];
        new SplittableRandom(number).nextBytes(key);
        return key;
    }

    private static double[] once(Path folder, int writers, byte[][] blocks) throws Exception {
        try (var options = new Options().setCreateIfMissing(true);
                var db = RocksDB.open(options, folder.toString());
                var synced = new WriteOptions().setSync(true)) {
            double puts = rate(blocks.length, writers, i -> db.put(synced, key(i), blocks[i]));
            double gets = rate(blocks.length, writers, i -> {
                byte[] got = db.get(key(i));
                if (got == null || ByteBuffer.wrap(got).getLong() != ByteBuffer.wrap(blocks[i]).getLong()) {
                    throw new IllegalStateException("the store lost a block");
                }
            });
            return new double[] {puts, gets};
        }
    }

    public static void main(String[] words) throws Exception {
        RocksDB.loadLibrary();
        byte[][] blocks = new byte[Integer.parseInt(words[2])][Integer.parseInt(words[3])];
        var random = new SplittableRandom(7);
        for (byte[] block : blocks) {
            random.nextBytes(block);
        }
        once(Path.of(words[0], "warm-up"), WARM_UP_WRITERS, blocks);
        double[] rates = once(Path.of(words[0], "measured"), Integer.parseInt(words[1]), blocks);
        System.out.println("{\"puts\":" + rates[0] + ",\"gets\":" + rates[1] + "}");
    }
}
