// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

/**
 * So many bytes a second in the long run, all callers together. Bytes are promised at once and paid for by waiting:
 * each caller waits until those before it have had their time. The clock is handed in. Not thread-safe.
 */
final class Throttle {

    private static final long SECOND = 1_000_000_000L;

    /** How far ahead of its time a quiet relay may get: a tenth of a second's worth. */
    private static final long BURST = SECOND / 10;

    private final long bytesPerSecond;
    private long free;

    /** @param bytesPerSecond the rate; 0 means any */
    Throttle(long bytesPerSecond, long nowNanos) {
        this.bytesPerSecond = bytesPerSecond;
        this.free = nowNanos - BURST;
    }

    /** Takes so many bytes; gives how long to wait, in nanoseconds, before they may pass. */
    long take(int bytes, long nowNanos) {
        if (bytesPerSecond == 0) {
            return 0;
        }
        if (free - (nowNanos - BURST) < 0) {
            free = nowNanos - BURST;
        }
        free += (long) (bytes * (double) SECOND / bytesPerSecond);
        return Math.max(0, free - nowNanos);
    }
}
