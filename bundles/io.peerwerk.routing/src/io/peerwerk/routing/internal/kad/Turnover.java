// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How fast peers go, found from those of the table: so many left while so many were there for so long. Where each peer
 * is as likely to go in one minute as in the next, half of them are gone after ln 2 times the time that they were there
 * for one that left. What was seen long ago counts less. Not thread-safe.
 */
public final class Turnover {

    /** So many that left may be chance. */
    static final int CHANCE = 2;
    /** What was seen so long ago counts half. */
    static final Duration MEMORY = Duration.ofHours(1);
    /** Where the clock jumps, or this machine slept, nobody knows who was there. */
    private static final Duration LONGEST_STEP = Duration.ofMinutes(1);

    private @Nullable Instant last;
    private double seconds;
    private double left;

    /** So many peers have been there since the last call. */
    void there(int peers, Instant now) {
        Instant before = last;
        last = now;
        if (before != null && now.isAfter(before)) {
            Duration step = Duration.between(before, now);
            double fade = Math.pow(0.5, (double) step.toMillis() / MEMORY.toMillis());
            Duration seen = step.compareTo(LONGEST_STEP) < 0 ? step : LONGEST_STEP;
            seconds = seconds * fade + peers * (seen.toMillis() / 1e3);
            left *= fade;
        }
    }

    /** One of them has left. */
    void left() {
        left++;
    }

    /** After which time half of those that are there now will have left; the longest where hardly any leave. */
    public Duration halfLife(Duration longest) {
        if (left <= CHANCE) {
            return longest;
        }
        double half = Math.log(2) * seconds / left;
        return half >= longest.toSeconds() ? longest : Duration.ofMillis((long) (half * 1e3));
    }
}
