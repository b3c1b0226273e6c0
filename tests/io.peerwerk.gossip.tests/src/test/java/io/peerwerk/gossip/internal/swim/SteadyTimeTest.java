// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;

import org.junit.jupiter.api.Test;

class SteadyTimeTest {

    private long clock = 1_000_000;
    private final SteadyTime time = new SteadyTime(() -> Instant.ofEpochMilli(clock), 50);

    @Test
    void itGoesWithTheClock() {
        clock += 300;
        assertEquals(300, time.now());
        time.expectWake(400);
        clock += 100;
        assertEquals(400, time.now());
        assertEquals(1_000_400, time.wallMillis());
    }

    @Test
    void itStandsStillWhileWeAreAway() {
        time.expectWake(100);
        clock += 60_000;
        assertEquals(150, time.now());
        assertEquals(150, time.now());
        time.expectWake(250);
        clock += 100;
        assertEquals(250, time.now());
    }

    @Test
    void itDoesNotGoBackWhenTheClockIsSetBack() {
        clock += 100;
        assertEquals(100, time.now());
        clock -= 50_000;
        assertEquals(100, time.now());
        clock += 20;
        assertEquals(120, time.now());
    }
}
