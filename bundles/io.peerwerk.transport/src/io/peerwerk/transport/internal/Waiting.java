// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;

/** One blocking wait with a time limit that counts over all its wake-ups. */
final class Waiting {

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
     * @throws SocketTimeoutException when the time limit has passed
     * @throws InterruptedIOException when the thread is interrupted; it stays so
     */
    void await(Condition condition, String what) throws IOException {
        await(condition, Long.MAX_VALUE, what);
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
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting to " + what);
        }
    }
}
