// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.TokenBucket;

/**
 * Holds up whoever reads or writes streams, so that no more bytes pass than a rate allows; a reader who waits does not
 * open its window, so that its peer waits too. As it sits between streams and their users it works over every
 * transport. Off, it costs one read of a field.
 *
 * <p>Whoever finds the bucket above empty passes with all its bytes, which may leave a debt for those who come next:
 * bytes come in pieces of up to 64 KiB, and even at a low rate none is too large. All wait in the order they came.
 */
final class Throttle {

    /** The least that passes at once after a pause; otherwise a quarter of a second's bytes. */
    private static final long MIN_BURST = 16 * 1024;

    /** How often one who waits looks whether its stream is still there. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final @Nullable Throttle wider;
    private volatile @Nullable Pace pace;

    /** @param wider the throttle that holds for these bytes too */
    Throttle(@Nullable Throttle wider) {
        this.wider = wider;
    }

    /** Changes the rate in bytes a second, for those who wait as well; zero lets everything pass. */
    synchronized void rate(long bytesPerSecond) {
        Pace before = pace;
        if (before != null && bytesPerSecond > 0) {
            before.change(bytesPerSecond);
            return;
        }
        pace = bytesPerSecond > 0 ? new Pace(bytesPerSecond) : null;
        if (before != null) {
            before.wakeAll();
        }
    }

    /**
     * Waits until so many bytes may pass.
     *
     * @param limitNanos the longest wait, zero for any
     * @param gone       whether there is nothing to wait for any more
     */
    void pass(int bytes, long limitNanos, BooleanSupplier gone) throws IOException {
        Pace current = pace;
        if (current != null) {
            current.pass(bytes, limitNanos, () -> pace != current || gone.getAsBoolean());
        }
        if (wider != null) {
            wider.pass(bytes, limitNanos, gone);
        }
    }

    /** Counts bytes that cannot wait: others wait longer for them. */
    void charge(int bytes) {
        Pace current = pace;
        if (current != null) {
            current.charge(bytes);
        }
        if (wider != null) {
            wider.charge(bytes);
        }
    }

    /** The bytes that have passed since there is a rate, and how often one had to wait. */
    Tally tally() {
        Pace current = pace;
        return current == null ? new Tally(0, 0) : current.tally();
    }

    record Tally(long bytes, long waits) {
    }

    private static final class Pace {

        private final ReentrantLock lock = new ReentrantLock(true);
        private final Condition turn = lock.newCondition();
        private final TokenBucket bucket;
        private long bytes;
        private long waits;

        Pace(long rate) {
            bucket = new TokenBucket(rate, burst(rate), System.nanoTime());
        }

        private static long burst(long rate) {
            return Math.max(MIN_BURST, rate / 4);
        }

        void change(long rate) {
            lock.lock();
            try {
                bucket.change(rate, burst(rate), System.nanoTime());
                turn.signalAll();
            } finally {
                lock.unlock();
            }
        }

        void wakeAll() {
            lock.lock();
            try {
                turn.signalAll();
            } finally {
                lock.unlock();
            }
        }

        void pass(int count, long limitNanos, BooleanSupplier gone) throws IOException {
            lock.lock();
            try {
                var waiting = new Waiting(limitNanos);
                long delay = bucket.delay(System.nanoTime());
                while (delay > 0 && !gone.getAsBoolean()) {
                    waits++;
                    waiting.await(turn, Math.min(delay, LOOK_NANOS), "progress at the rate that is set");
                    delay = bucket.delay(System.nanoTime());
                }
                take(count);
            } finally {
                lock.unlock();
            }
        }

        void charge(int count) {
            lock.lock();
            try {
                take(count);
            } finally {
                lock.unlock();
            }
        }

        private void take(int count) {
            bucket.spend(count, System.nanoTime());
            bytes += count;
        }

        Tally tally() {
            lock.lock();
            try {
                return new Tally(bytes, waits);
            } finally {
                lock.unlock();
            }
        }
    }
}
