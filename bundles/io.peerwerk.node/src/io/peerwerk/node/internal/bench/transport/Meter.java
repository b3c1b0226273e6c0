// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.transport;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Measures work of this process. What is to be compared takes turns, round by round: machines have better and worse
 * moments. Before that, each piece of work is warmed up until it gets no cheaper: compiled code, grown windows.
 */
final class Meter {

    /** Bytes of one step of warming up, at least. */
    private static final long WARM_UP = 512L << 20;

    /** A step that saves less than this share was the last but one that was needed. */
    private static final double WARM = 0.05;

    private static final int WARM_UPS = 8;

    private final LongSupplier nanos;
    private final int rounds;

    /** Moves so many bytes one way. */
    @FunctionalInterface
    interface Work {
        void move(long bytes) throws IOException;
    }

    /** @param rounds how often each work is measured; the round in the middle counts */
    Meter(LongSupplier nanos, int rounds) {
        this.nanos = nanos;
        this.rounds = rounds;
    }

    /** What one work costs. */
    Cost measure(long bytes, Work work) throws IOException {
        return measure(bytes, List.of(work)).getFirst();
    }

    /** What each of several works costs, in their order. */
    List<Cost> measure(long bytes, List<Work> works) throws IOException {
        for (Work work : works) {
            warmUp(Math.max(bytes, WARM_UP), work);
        }
        var costs = new Cost[works.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < costs.length; i++) {
                costs[i][round] = once(bytes, works.get(i));
            }
        }
        var middle = new ArrayList<Cost>();
        for (Cost[] of : costs) {
            middle.add(Cost.median(of));
        }
        return middle;
    }

    /** Twice at least: the first time tells nothing. */
    private void warmUp(long bytes, Work work) throws IOException {
        double best = once(bytes, work).nanosPerByte();
        for (int i = 1; i < WARM_UPS; i++) {
            double next = once(bytes, work).nanosPerByte();
            if (i > 1 && next > best * (1 - WARM)) {
                return;
            }
            best = Math.min(best, next);
        }
    }

    private Cost once(long bytes, Work work) throws IOException {
        Duration processorBefore = processorTime();
        long start = nanos.getAsLong();
        work.move(bytes);
        Duration elapsed = Duration.ofNanos(nanos.getAsLong() - start);
        return Cost.of(bytes, elapsed, processorTime().minus(processorBefore));
    }

    private static Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
