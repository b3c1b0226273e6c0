// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SettlingTest {

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private long now = Long.MAX_VALUE - 5;
    private final Settling settling = new Settling(PAUSE, LIMIT, () -> now);

    @Test
    void oneChangeIsOverAfterThePause() {
        assertTrue(settling.changed());
        assertEquals(PAUSE, settling.left());
        pass(PAUSE);
        assertEquals(Duration.ZERO, settling.left());
        assertTrue(settling.changed(), "the next one begins a new run");
    }

    @Test
    void eachChangeBeginsThePauseAnew() {
        settling.changed();
        pass(Duration.ofMillis(200));
        assertFalse(settling.changed());
        pass(Duration.ofMillis(200));
        assertEquals(Duration.ofMillis(50), settling.left());
    }

    @Test
    void aStormOfChangesEndsAtTheLimit() {
        int runs = 0;
        for (int i = 0; i < 1000; i++) {
            runs += settling.changed() ? 1 : 0;
            pass(Duration.ofMillis(10));
            settling.left();
        }
        assertEquals(5, runs);
    }

    @Property
    void noRunLastsLongerThanTheLimitAndNoneIsLost(@ForAll @Size(max = 100) List<@IntRange(max = 400) Integer> pauses) {
        now = 0;
        var settling = new Settling(PAUSE, LIMIT, () -> now);
        boolean running = false;
        long began = 0;
        for (int pause : pauses) {
            boolean begins = settling.changed();
            assertEquals(!running, begins);
            if (begins) {
                began = now;
            }
            running = true;
            pass(Duration.ofMillis(pause));
            Duration left = settling.left();
            assertTrue(left.compareTo(PAUSE) <= 0);
            assertTrue(now + left.toNanos() <= Math.max(now, began + LIMIT.toNanos()));
            running = !left.isZero();
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
