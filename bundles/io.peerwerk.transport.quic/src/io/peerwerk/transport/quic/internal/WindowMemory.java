// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import java.util.function.IntPredicate;

/**
 * Keeps a stream's window, which quiche widens by itself, within the memory that the host gives for it.
 *
 * <p>quiche doubles a window when half of it was used within two round trips. So when a quarter was read in less, as
 * much again is asked for; if the host has not got it, reading pauses for two round trips, and quiche leaves the window
 * as it is: the stream is slower on a long link, and works.
 */
final class WindowMemory {

    private int given = QuicLimits.STREAM_WINDOW;
    private int read;
    private long since;

    /** @param now any clock's nanoseconds, as all times here */
    WindowMemory(long now) {
        this.since = now;
    }

    /** Notes that bytes were read; whether it is to be {@linkplain #mustPause decided} now how to go on. */
    boolean read(int bytes) {
        read += bytes;
        return read >= given / 4;
    }

    /**
     * Whether reading has to pause for two round trips.
     *
     * @param grow asks the host for so many bytes more
     */
    boolean mustPause(long now, long roundTrip, IntPredicate grow) {
        boolean fast = now - since < 2 * roundTrip;
        int more = Math.min(given, QuicLimits.MAX_STREAM_WINDOW - given);
        read = 0;
        since = now;
        if (!fast || more == 0) {
            return false;
        }
        if (grow.test(more)) {
            given += more;
            return false;
        }
        return true;
    }

    /** The bytes that the window may have. */
    int given() {
        return given;
    }
}
