// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.contribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OfferScaleTest {
    private static final long[] DISKS = {0, OfferScale.LEAST, 7_300_000_000L, 512_000_000_000L, 18_000_000_000_001L};

    @Test
    void theEndsAreNothingAndEverything() {
        for (long most : DISKS) {
            OfferScale scale = new OfferScale(most);
            assertEquals(0, scale.bytes(0));
            assertEquals(0, scale.bytes(-3));
            assertEquals(Math.max(most, OfferScale.LEAST), scale.bytes(OfferScale.STEPS));
            assertEquals(Math.max(most, OfferScale.LEAST), scale.bytes(OfferScale.STEPS + 1));
            assertEquals(0, scale.position(0));
            assertEquals(OfferScale.STEPS, scale.position(most + 1_000_000_000_000L));
        }
    }

    @Test
    void everyStepOffersMoreOrTheSame() {
        for (long most : DISKS) {
            OfferScale scale = new OfferScale(most);
            for (int i = 1; i <= OfferScale.STEPS; i++) {
                assertTrue(scale.bytes(i) >= scale.bytes(i - 1), "step " + i + " of " + most);
            }
        }
    }

    @Test
    void aPositionIsFoundAgainByItsBytes() {
        OfferScale scale = new OfferScale(2_000_000_000_000L);
        for (int i = 0; i <= OfferScale.STEPS; i++) {
            int again = scale.position(scale.bytes(i));
            assertTrue(Math.abs(again - i) <= 1, i + " became " + again);
        }
    }

    @Test
    void stepsAreRoundNumbers() {
        OfferScale scale = new OfferScale(999_999_999_999L);
        for (int i = 1; i < OfferScale.STEPS; i++) {
            String digits = Long.toString(scale.bytes(i));
            assertTrue(digits.substring(2).chars().allMatch(c -> c == '0'), digits);
        }
    }
}
