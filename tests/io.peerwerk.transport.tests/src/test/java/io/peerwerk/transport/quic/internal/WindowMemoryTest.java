// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WindowMemoryTest {

    private static final long ROUND_TRIP = 1000;

    private final WindowMemory window = new WindowMemory(0);
    private long now;
    private int asked;

    /** Reads a quarter in less than two round trips; whether a pause follows. */
    private boolean readFast(boolean memory) {
        now += 2 * ROUND_TRIP - 1;
        return decide(memory);
    }

    private boolean decide(boolean memory) {
        assertTrue(window.read(window.given() / 4));
        return window.mustPause(now, ROUND_TRIP, more -> {
            asked += more;
            return memory;
        });
    }

    @Test
    void memoryIsAskedForBeforeHalfOfTheWindowIsRead() {
        assertFalse(window.read(QuicLimits.STREAM_WINDOW / 4 - 1));
        assertTrue(window.read(1));
        assertFalse(window.mustPause(1, ROUND_TRIP, more -> more == QuicLimits.STREAM_WINDOW));
        assertEquals(2 * QuicLimits.STREAM_WINDOW, window.given());
    }

    @Test
    void aStreamThatQuicheWouldNotWidenAsksForNothing() {
        now += 2 * ROUND_TRIP;
        assertFalse(decide(false));
        assertEquals(0, asked);
    }

    @Test
    void readingPausesWhereThereIsNoMemory() {
        for (int i = 0; i < 5; i++) {
            assertTrue(readFast(false));
            assertEquals(QuicLimits.STREAM_WINDOW, window.given());
        }
        assertFalse(readFast(true));
        assertEquals(2 * QuicLimits.STREAM_WINDOW, window.given());
    }

    @Test
    void nothingIsAskedForBeyondTheWidestWindow() {
        while (window.given() < QuicLimits.MAX_STREAM_WINDOW) {
            assertFalse(readFast(true));
        }
        assertFalse(readFast(false));
        assertEquals(QuicLimits.MAX_STREAM_WINDOW - QuicLimits.STREAM_WINDOW, asked);
    }
}
