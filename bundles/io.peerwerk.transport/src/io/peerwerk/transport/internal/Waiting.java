// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

import io.peerwerk.core.Registration;

/** One blocking wait with a time limit that counts over all its wake-ups. */
final class Waiting {

    /** Waits of this length need no timer of their own. */
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final long limitNanos;
    private long leftNanos;

    /** @param limitNanos the longest wait; zero means without end */
    Waiting(long limitNanos) {
        this.limitNanos = limitNanos;
        this.leftNanos = limitNanos;
    }

    /**
     * Waits for a signal.
     *
     * @param lock      the condition's, held by who waits
     * @param deadlines ends long waits
     * @throws SocketTimeoutException when the time limit has passed
     * @throws InterruptedIOException when the thread is interrupted; it stays so
     */
    void await(Lock lock, Condition condition, String what, Deadlines deadlines) throws IOException {
        if (leftNanos < LONG_NANOS) {
            await(condition, Long.MAX_VALUE, what);
            return;
        }
        long start = System.nanoTime();
        try (Registration watched = deadlines.watch(start + leftNanos, () -> signalAll(lock, condition))) {
            condition.await();
        } catch (InterruptedException e) {
            throw interrupted(what);
        }
        leftNanos -= System.nanoTime() - start;
    }

    /** The same, but not longer than so many nanoseconds: then it returns as if there were a signal. */
    void await(Condition condition, long mostNanos, String what) throws IOException {
        try {
            if (limitNanos == 0 && mostNanos == Long.MAX_VALUE) {
                condition.await();
            } else if (limitNanos == 0) {
                condition.awaitNanos(mostNanos);
            } else if (leftNanos <= 0) {
                throw new SocketTimeoutException("no " + what + " was possible within " + Duration.ofNanos(limitNanos));
            } else {
                long wait = Math.min(leftNanos, mostNanos);
                leftNanos -= wait - condition.awaitNanos(wait);
            }
        } catch (InterruptedException e) {
            throw interrupted(what);
        }
    }

    private static void signalAll(Lock lock, Condition condition) {
        lock.lock();
        try {
            condition.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static InterruptedIOException interrupted(String what) {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while waiting to " + what);
    }
}
