// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.websocket.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FrameBudgetTest {

    private static final long SECOND = 1_000_000_000L;

    private static int takes(FrameBudget budget, long nanos) {
        int taken = 0;
        while (taken < 10_000 && budget.take(nanos)) {
            taken++;
        }
        return taken;
    }

    @Test
    void aBurstIsTakenAndOneMoreIsTooMany() {
        var budget = new FrameBudget(7);
        assertEquals(FrameBudget.MOST, takes(budget, 7));
        assertFalse(budget.take(7));
    }

    @Test
    void timeFillsTheBucketUpToItsBrim() {
        var budget = new FrameBudget(0);
        assertEquals(FrameBudget.MOST, takes(budget, 0));
        assertTrue(budget.take(SECOND));
        assertEquals(FrameBudget.MOST, takes(budget, 1000 * SECOND));
    }

    @Test
    void aPeerThatPingsNowAndThenIsNeverRefused() {
        var budget = new FrameBudget(0);
        for (long i = 1; i < 10_000; i++) {
            assertTrue(budget.take(i * SECOND / FrameBudget.PER_SECOND));
        }
    }
}
