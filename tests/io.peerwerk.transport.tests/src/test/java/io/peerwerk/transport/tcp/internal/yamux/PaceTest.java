// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.yamux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

class PaceTest {

    private static final int SHORTEST = 65_536;
    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(10);

    private final Pace pace = new Pace(SHORTEST, 0);

    @Test
    void aTurnIsWhatAFastLinkCarriesInHalfAMillisecond() {
        assertEquals(200_000, pace.sent(4_000_000, STEP));
    }

    @Test
    void aTurnIsNeverShorterThanAsked() {
        assertEquals(SHORTEST, pace.sent(10_000, STEP));
    }

    @Test
    void aTurnIsNeverLongerThanWhatIsOfUse() {
        assertEquals(Pace.LONGEST, pace.sent(1_000_000_000, STEP));
    }

    @Test
    void aBurstOnALinkThatWasIdleDoesNotMakeItFast() {
        assertEquals(SHORTEST, pace.sent(500_000, 1));
        assertEquals(SHORTEST, pace.sent(500_000, 100 * STEP));
    }

    @Test
    void aLinkThatSlowsDownHasShorterTurnsAgain() {
        assertEquals(200_000, pace.sent(4_000_000, STEP));
        assertEquals(100_000, pace.sent(2_000_000, 2 * STEP));
    }
}
