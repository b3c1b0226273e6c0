// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OutboundTest {

    private final Outbound outbound = new Outbound();

    @Test
    void aStreamAloneMayHaveTheMost() {
        assertEquals(Outbound.MOST, outbound.high());
        outbound.enter();
        assertEquals(Outbound.MOST, outbound.high());
    }

    @Test
    void streamsShareAndEachHasTheLeast() {
        for (int i = 0; i < 8; i++) {
            outbound.enter();
        }
        assertEquals(256 * 1024, outbound.high());
        for (int i = 0; i < 100; i++) {
            outbound.enter();
        }
        assertEquals(Outbound.LEAST, outbound.high());
        assertTrue(outbound.low() < outbound.high() / 2);
    }

    @Test
    void whoLeavesMakesRoom() {
        for (int i = 0; i < 100; i++) {
            outbound.enter();
        }
        for (int i = 0; i < 99; i++) {
            outbound.leave();
        }
        assertEquals(Outbound.MOST, outbound.high());
    }
}
