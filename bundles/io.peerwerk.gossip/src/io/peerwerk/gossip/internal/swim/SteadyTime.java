// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.time.InstantSource;

/**
 * Milliseconds that this peer was awake. They never go back when the clock is set back, and stand still while the
 * process is stopped or the machine sleeps: time never passes the next timer by more than a little, since a timer that
 * comes much too late means that it was us who were away, and no reason to hold the others for dead.
 */
final class SteadyTime {

    private final InstantSource clock;
    private final long tolerance;
    private long lastSeen;
    private long elapsed;
    private long wakeAt = Long.MAX_VALUE;

    /** @param tolerance milliseconds that a timer may come too late and still count in full */
    SteadyTime(InstantSource clock, long tolerance) {
        this.clock = clock;
        this.tolerance = tolerance;
        this.lastSeen = clock.millis();
    }

    long now() {
        long seen = clock.millis();
        long latest = wakeAt == Long.MAX_VALUE ? Long.MAX_VALUE : wakeAt + tolerance;
        elapsed = Math.max(elapsed, Math.min(elapsed + Math.max(0, seen - lastSeen), latest));
        lastSeen = seen;
        return elapsed;
    }

    /** The next timer is expected at this time. */
    void expectWake(long at) {
        wakeAt = at;
    }

    /** The clock as it is, for what people see and for incarnations. */
    long wallMillis() {
        return lastSeen;
    }
}
