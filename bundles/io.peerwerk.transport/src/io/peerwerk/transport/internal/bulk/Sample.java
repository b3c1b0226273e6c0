// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.bulk;

import java.util.concurrent.TimeUnit;

/** Bytes that have gone over one path, and the time in which they did. */
final class Sample {

    /** What is older than about this much activity weighs half. Longer is steadier, shorter follows changes sooner. */
    private static final long MEMORY = TimeUnit.SECONDS.toNanos(8);

    /** One who moves nothing for longer than this waits for something other than the path. */
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(10);

    /** The least that says something: of a fast path bytes, of a slow one time. */
    private static final long ENOUGH_BYTES = 8 << 20;
    private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
    private static final long ENOUGH_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long LEAST_BYTES = 512 * 1024;

    /** Samples that differ by more in the part that was sent are of different things. */
    private static final double ALIKE = 0.3;

    private long skipped;
    private double bytes;
    private double sent;
    private double nanos;

    /** Begins anew; what comes first, while a connection finds its speed, does not count. */
    void begin(long bytesToSkip) {
        skipped = bytesToSkip;
        bytes = 0;
        sent = 0;
        nanos = 0;
    }

    /** Streams were open for so long. */
    void passed(long time) {
        if (skipped <= 0) {
            nanos += Math.min(time, LONGEST_WAIT);
        }
    }

    void moved(int count, boolean out) {
        if (skipped > 0) {
            skipped -= count;
            return;
        }
        bytes += count;
        sent += out ? count : 0;
        if (nanos > MEMORY) {
            bytes /= 2;
            sent /= 2;
            nanos /= 2;
        }
    }

    double bytes() {
        return bytes;
    }

    boolean isEnough() {
        return bytes >= ENOUGH_BYTES && nanos >= LEAST_NANOS || nanos >= ENOUGH_NANOS && bytes >= LEAST_BYTES;
    }

    /** Whether the bytes of both went the same way, for the most part. */
    boolean isLike(Sample other) {
        return Math.abs(sent / bytes - other.sent / other.bytes) <= ALIKE;
    }

    /** Bytes a second. */
    double speed() {
        return bytes * TimeUnit.SECONDS.toNanos(1) / nanos;
    }
}
