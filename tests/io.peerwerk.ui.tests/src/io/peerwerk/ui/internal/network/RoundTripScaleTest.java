// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

class RoundTripScaleTest {
    @Test
    void theOuterRingIsTheNextHalfDecade() {
        assertEquals(30, scale(Duration.ofMillis(23)).top());
        assertEquals(100, scale(Duration.ofMillis(100)).top());
        assertEquals(300, scale(Duration.ofMillis(101)).top());
        assertEquals(1, scale(Duration.ofNanos(300_000)).top());
        assertEquals(10_000, scale(Duration.ofMinutes(1)).top());
    }

    private static RoundTripScale scale(Duration... times) {
        return RoundTripScale.initial().fit(List.of(times));
    }

    @Test
    void itKeepsStillWhileRoundTripsWaverAroundARing() {
        RoundTripScale scale = scale(Duration.ofMillis(11));
        assertEquals(30, scale.top());
        assertEquals(scale, scale.fit(List.of(Duration.ofMillis(9))));
        assertEquals(10, scale.fit(List.of(Duration.ofMillis(6))).top());
    }

    @Test
    void withoutMeasurementsItStays() {
        RoundTripScale scale = scale(Duration.ofMillis(40));
        assertEquals(scale, scale.fit(List.of()));
    }

    @Test
    void nearerPeersAreDrawnNearerAndNoneBeyondTheRings() {
        RoundTripScale scale = new RoundTripScale(100);
        double last = 0;
        for (int micros = 1; micros < 10_000_000; micros *= 3) {
            double radius = scale.radius(Duration.ofNanos(micros * 1000L));
            assertTrue(radius >= last && radius >= RoundTripScale.INNER && radius <= RoundTripScale.OUTER, micros + ": " + radius);
            last = radius;
        }
        assertEquals(RoundTripScale.INNER, scale.radius(Duration.ZERO));
    }

    @Test
    void ringsAreDecadesFromTheInside() {
        List<RoundTripScale.Ring> rings = new RoundTripScale(100).rings();
        assertEquals(List.of(1.0, 10.0, 100.0), rings.stream().map(RoundTripScale.Ring::millis).toList());
        assertEquals(RoundTripScale.INNER, rings.getFirst().radius(), 1e-9);
        assertEquals(RoundTripScale.OUTER, rings.getLast().radius(), 1e-9);
    }
}
