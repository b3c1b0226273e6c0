// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

import java.time.Duration;

/**
 * When to ask a relay again: in time before a reservation ends, and after failures with pauses that double.
 *
 * @param pause    how long to wait while all is well
 * @param failures how often in a row it has failed
 */
record Keeping(Duration pause, int failures) {

    /** No promise is believed for longer. */
    static final Duration LONGEST = Duration.ofHours(24);

    /** However short a promise or far off a clock, a relay is not asked more often. */
    static final Duration SHORTEST = Duration.ofSeconds(10);

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final int MAX_DOUBLINGS = 8;

    static Keeping start() {
        return new Keeping(SHORTEST, 0);
    }

    /** A reservation was made: it is renewed after three quarters of its life. */
    Keeping reserved(Duration lifetime) {
        Duration renew = lifetime.multipliedBy(3).dividedBy(4);
        return new Keeping(renew.compareTo(SHORTEST) < 0 ? SHORTEST : renew, 0);
    }

    Keeping failed() {
        return new Keeping(pause, Math.min(failures + 1, MAX_DOUBLINGS));
    }

    /** How long to wait once the reservation is lost: one second at first, two minutes in the end. */
    Duration pauseWhenLost() {
        return FIRST.multipliedBy(1L << Math.max(0, failures - 1));
    }
}
