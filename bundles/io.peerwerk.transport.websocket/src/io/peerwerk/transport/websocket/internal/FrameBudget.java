// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.websocket.internal;

/**
 * How many frames that carry nothing a peer may send: pings, pongs and empty messages cost work and bring nobody
 * further. A bucket of {@value #MOST}, filled again by {@value #PER_SECOND} a second.
 */
final class FrameBudget {

    static final int MOST = 64;
    static final int PER_SECOND = 8;

    private static final long NANOS_PER_FRAME = 1_000_000_000L / PER_SECOND;

    private long left = MOST;
    private long filledAt;

    FrameBudget(long nanos) {
        filledAt = nanos;
    }

    /** Takes one frame; false if there were too many. */
    boolean take(long nanos) {
        long more = (nanos - filledAt) / NANOS_PER_FRAME;
        if (more > 0) {
            left = Math.min(MOST, left + more);
            filledAt += more * NANOS_PER_FRAME;
        }
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }
}
