// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.yamux;

import java.util.concurrent.TimeUnit;

/**
 * How many bytes a stream may send before the next one's turn: what the link carries in a moment that nobody notices. On a
 * fast link long turns are cheaper, since each costs its reader a wake-up; on a slow one they would keep others waiting.
 */
final class Pace {

    /** How long a turn may last. */
    private static final long TURN_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    /** How long the link is watched for a new figure. */
    private static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** More brings nothing. */
    static final int LONGEST = 256 * 1024;

    private final int shortest;
    private long since;
    private long bytes;
    private int turn;

    /**
     * @param shortest bytes of a turn on a slow link
     * @param now      the time, in nanoseconds of any origin
     */
    Pace(int shortest, long now) {
        this.shortest = shortest;
        this.turn = shortest;
        this.since = now;
    }

    /** So many bytes have been given to the link; gives the bytes of a turn from now on. */
    int sent(long count, long now) {
        bytes += count;
        long watched = now - since;
        if (watched >= WATCH_NANOS) {
            turn = (int) Math.clamp((long) ((double) bytes * TURN_NANOS / watched), shortest, LONGEST);
            since = now;
            bytes = 0;
        }
        return turn;
    }
}
