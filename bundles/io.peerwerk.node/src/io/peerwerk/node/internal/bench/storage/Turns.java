// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.storage;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Measures several pieces of work on this thread. They take turns, round by round, since machines have better and worse
 * moments; before that, each is warmed up until it gets no faster.
 */
final class Turns {

    private static final long ROUND_NANOS = 200_000_000;
    private static final int MOST_WARM_UPS = 20;
    /** Warm when so many rounds in a row were no more than a twentieth faster than the best before. */
    private static final int STEADY_ROUNDS = 3;
    private static final double FASTER = 1.05;

    private final LongSupplier nanos;
    private final int rounds;

    /**
     * What is done over and over.
     *
     * @param bytes that one run goes through
     */
    record Work(String name, long bytes, Runnable run) {
    }

    /** @param rounds how often each is measured; the median counts */
    Turns(LongSupplier nanos, int rounds) {
        this.nanos = nanos;
        this.rounds = rounds;
    }

    /** Gigabytes a second of each, in their order. */
    double[] gigabytesPerSecond(List<Work> works) {
        works.forEach(this::warmUp);
        double[][] rates = new double[works.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < rates.length; i++) {
                rates[i][round] = rate(works.get(i));
            }
        }
        return Arrays.stream(rates).mapToDouble(Turns::median).toArray();
    }

    private void warmUp(Work work) {
        double best = 0;
        int steady = 0;
        for (int i = 0; i < MOST_WARM_UPS && steady < STEADY_ROUNDS; i++) {
            double rate = rate(work);
            steady = rate > best * FASTER ? 0 : steady + 1;
            best = Math.max(best, rate);
        }
    }

    private double rate(Work work) {
        long start = nanos.getAsLong();
        long done = 0;
        long elapsed;
        do {
            work.run().run();
            done += work.bytes();
            elapsed = nanos.getAsLong() - start;
        } while (elapsed < ROUND_NANOS);
        return (double) done / elapsed;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
