// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.erasure;

import java.util.SplittableRandom;

/**
 * Finds out whether vectors are faster than tables here. They are where the JVM has the Vector API, its optimising
 * compiler has been at work, and the processor has the shuffles; before that, or without one of these, they are slower by
 * orders of magnitude, and nothing tells. So both multiply the same matrix on a thread of their own, which starts with
 * the first question, until vectors have won several times in a row; that is also what gets them compiled. Where they
 * do not win in time, tables it is.
 */
final class VectorRace {

    private static final String MODULE = "jdk.incubator.vector";
    private static final int INPUTS = 10;
    private static final int OUTPUTS = 20;
    private static final int BYTES = 16_384;
    private static final int WINS = 8;
    private static final long LIMIT_NANOS = 60_000_000_000L;

    private static final Thread RACE = new Thread(VectorRace::race, "peerwerk-erasure-race");
    private static volatile boolean won;

    static {
        if (present()) {
            RACE.setDaemon(true);
            RACE.setPriority(Thread.MIN_PRIORITY);
            RACE.start();
        }
    }

    private VectorRace() {
    }

    /** Whether vectors are known to be faster; false at first. */
    static boolean won() {
        return won;
    }

    /** Waits until it is known which is faster. */
    static void await() throws InterruptedException {
        RACE.join();
    }

    /** Whether this JVM was started with the Vector API. */
    static boolean present() {
        return ModuleLayer.boot().findModule(MODULE).isPresent();
    }

    private static void race() {
        try {
            won = vectorsWin();
        } catch (LinkageError e) {
            // The framework does not let us see the module, or it is another version of the API: it stays with tables.
            won = false;
        }
    }

    private static boolean vectorsWin() {
        byte[] bytes = new byte[INPUTS * BYTES];
        new SplittableRandom(1).nextBytes(bytes);
        Shard[] in = Shard.cut(bytes, INPUTS, BYTES);
        Shard[] out = Shard.cut(new byte[OUTPUTS * BYTES], OUTPUTS, BYTES);
        int[] numbers = new int[OUTPUTS];
        for (int i = 0; i < OUTPUTS; i++) {
            numbers[i] = INPUTS + i;
        }
        int[][] matrix = Matrix.systematicRows(INPUTS, numbers);
        Product table = new TableProduct(matrix);
        Product vectors = new VectorProduct(matrix);
        long start = System.nanoTime();
        int wins = 0;
        while (wins < WINS && System.nanoTime() - start < LIMIT_NANOS) {
            long ofVectors = nanos(vectors, in, out);
            wins = ofVectors < nanos(table, in, out) ? wins + 1 : 0;
        }
        return wins == WINS;
    }

    private static long nanos(Product product, Shard[] in, Shard[] out) {
        long start = System.nanoTime();
        product.apply(in, out, BYTES);
        return System.nanoTime() - start;
    }
}
