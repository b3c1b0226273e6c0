// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Makes one event of many that come close together: a run of changes is over when none has come for a while, or when it
 * has gone on for long. No thread of its own; thread-safe.
 */
final class Settling {

    private final long pause;
    private final long limit;
    private final LongSupplier nanos;
    private boolean running;
    private long first;
    private long last;

    /**
     * @param pause without a change ends a run: longer joins more, shorter tells sooner
     * @param limit ends a run in which the changes do not stop
     * @param nanos tells the time, as {@link System#nanoTime} does
     */
    Settling(Duration pause, Duration limit, LongSupplier nanos) {
        this.pause = pause.toNanos();
        this.limit = limit.toNanos();
        this.nanos = nanos;
    }

    /** Notes a change; true if it begins a run: the caller has to wait for its end. */
    synchronized boolean changed() {
        boolean begins = !running;
        last = nanos.getAsLong();
        if (begins) {
            running = true;
            first = last;
        }
        return begins;
    }

    /** How long the run goes on if nothing comes; zero ends it, so that the next change begins a new one. */
    synchronized Duration left() {
        long now = nanos.getAsLong();
        long left = Math.min(last + pause - now, first + limit - now);
        if (left <= 0) {
            running = false;
            return Duration.ZERO;
        }
        return Duration.ofNanos(left);
    }
}
