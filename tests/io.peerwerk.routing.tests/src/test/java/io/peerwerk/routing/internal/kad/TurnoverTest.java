// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class TurnoverTest {

    private static final Duration LONGEST = Duration.ofHours(22);

    private final Turnover turnover = new Turnover();
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");

    /** So many peers are there for so long, and each is as likely to leave in one second as in the next. */
    private void live(int peers, Duration life, Duration time) {
        var random = new SplittableRandom(3);
        for (long second = 0; second < time.toSeconds(); second++) {
            turnover.there(peers, now);
            for (int i = 0; i < peers; i++) {
                if (random.nextDouble() < 1.0 / life.toSeconds()) {
                    turnover.left(); // and another one comes
                }
            }
            now = now.plusSeconds(1);
        }
    }

    @Test
    void halfOfThePeersThatLiveAMinuteOnAverageAreGoneAfterFortySeconds() {
        live(30, Duration.ofMinutes(1), Duration.ofMinutes(10));
        assertEquals(60 * Math.log(2), turnover.halfLife(LONGEST).toMillis() / 1e3, 8);
    }

    @Test
    void whereNobodyLeavesTheLongestTimeCounts() {
        assertEquals(LONGEST, turnover.halfLife(LONGEST));
        live(30, Duration.ofDays(100_000), Duration.ofMinutes(10));
        assertEquals(LONGEST, turnover.halfLife(LONGEST));
    }

    @Test
    void twoThatLeaveMayBeChanceThreeAreNot() {
        turnover.there(10, now);
        now = now.plusSeconds(30);
        turnover.there(10, now);
        turnover.left();
        turnover.left();
        assertEquals(LONGEST, turnover.halfLife(LONGEST));
        turnover.left();
        assertEquals(Duration.ofMillis((long) (Math.log(2) * 300 / 3 * 1000)), turnover.halfLife(LONGEST));
    }

    @Test
    void aMachineThatSleptKnowsNothingOfThatTime() {
        live(10, Duration.ofMinutes(1), Duration.ofMinutes(5));
        Duration before = turnover.halfLife(LONGEST);
        turnover.there(10, now);
        now = now.plus(Duration.ofMinutes(20));
        turnover.there(10, now);
        assertEquals(before.toMillis(), turnover.halfLife(LONGEST).toMillis(), before.toMillis() / 2.0,
                "a minute of it counts, not twenty");
    }

    @Test
    void badTimesAreForgotten() {
        live(30, Duration.ofMinutes(1), Duration.ofMinutes(10));
        live(30, Duration.ofDays(100_000), Turnover.MEMORY.multipliedBy(6));
        Duration halfLife = turnover.halfLife(LONGEST);
        assertTrue(halfLife.compareTo(Duration.ofHours(1)) > 0, halfLife::toString);
    }
}
