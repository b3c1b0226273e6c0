// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.transport;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Measures work of this process: first some of it to warm up, then rounds of which the middle one counts. */
final class Meter {

    /** Bytes that warm a path up: compiled code and grown windows. */
    private static final long WARM_UP = 256L << 20;

    private final LongSupplier nanos;
    private final int rounds;

    /** Moves so many bytes one way. */
    @FunctionalInterface
    interface Work {
        void move(long bytes) throws IOException;
    }

    Meter(LongSupplier nanos, int rounds) {
        this.nanos = nanos;
        this.rounds = rounds;
    }

    Cost measure(long bytes, Work work) throws IOException {
        work.move(Math.min(bytes, WARM_UP));
        var costs = new Cost[rounds];
        for (int i = 0; i < rounds; i++) {
            Duration processorBefore = processorTime();
            long start = nanos.getAsLong();
            work.move(bytes);
            Duration elapsed = Duration.ofNanos(nanos.getAsLong() - start);
            costs[i] = Cost.of(bytes, elapsed, processorTime().minus(processorBefore));
        }
        return Cost.median(costs);
    }

    private static Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
