// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

class ScaleTest {
    @Test
    void marksAreRoundAndTheHighestFigureLiesBelowTheLast() {
        assertEquals(List.of(0.0, 2.0, 4.0, 6.0), Scale.upTo(6, 5).marks());
        assertEquals(List.of(0.0, 2.0, 4.0, 6.0, 8.0), Scale.upTo(6.1, 5).marks());
        assertEquals(List.of(0.0, 50e9, 100e9), Scale.upTo(82e9, 3).marks());
        for (double most : new double[] {1e-6, 0.013, 0.999, 1, 7, 1234, 5e15}) {
            Scale scale = Scale.upTo(most, 4);
            assertTrue(scale.high() >= most && scale.high() <= 5 * most, scale.toString());
            assertTrue(scale.marks().size() >= 2 && scale.marks().size() <= 5, scale.toString());
            assertEquals(scale.high(), scale.marks().getLast(), scale.high() * 1e-9);
        }
    }

    @Test
    void figuresThatAreAllZeroOrNoneHaveAnAxisToo() {
        for (double most : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertEquals(0, Scale.upTo(most, 4).low());
            assertEquals(1, Scale.upTo(most, 4).high(), 1e-9);
        }
    }

    @Test
    void betweenTwoTimesTheEndsStayAsTheyAre() {
        Scale minutes = Scale.between(-600, 0, 3);
        assertEquals(List.of(-600.0, -400.0, -200.0, 0.0), minutes.marks());
        assertEquals(0.5, minutes.share(-300), 1e-9);
        assertEquals(List.of(20.0, 40.0), Scale.between(13, 47, 2).marks());
        assertEquals(1, Scale.between(5, 5, 2).share(6), 1e-9);
    }
}
