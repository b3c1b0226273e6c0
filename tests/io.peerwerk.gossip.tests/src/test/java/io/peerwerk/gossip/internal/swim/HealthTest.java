// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import io.peerwerk.gossip.Membership;

class HealthTest {
    private final Health health = new Health();

    @Test
    void itGoesFromWellToTheWorstAndNoFurther() {
        health.better();
        assertEquals(0, health.score());
        health.worse(Membership.WORST_HEALTH - 1);
        assertEquals(6, health.score());
        health.worse(2);
        assertEquals(Membership.WORST_HEALTH, health.score());
        health.better();
        assertEquals(6, health.score());
    }

    @Test
    void theWorseItIsTheMoreTimeOthersGet() {
        assertEquals(500, health.stretch(500));
        health.worse(1);
        assertEquals(1000, health.stretch(500));
        health.worse(6);
        assertEquals(4000, health.stretch(500));
    }
}
