// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;

import org.junit.jupiter.api.Test;

import io.peerwerk.node.NodeLimits;

class LimitTest {
    @Test
    void aRateIsReadAsPeopleWriteIt() {
        assertEquals(2_000_000, Limit.rate("2 MB/s"));
        assertEquals(2_000_000, Limit.rate(" 2m "));
        assertEquals(500_000, Limit.rate("500 kB"));
        assertEquals(0, Limit.rate(""));
        assertEquals(0, Limit.rate("  "));
        assertEquals(0, Limit.rate("0"));
    }

    @Test
    void aRateThatIsNoneOrTooLowIsExplained() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Limit.rate("fast")).getMessage().contains("2 MB/s"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Limit.rate("9999")).getMessage().contains("10 kB/s"));
        assertEquals(NodeLimits.LEAST_RATE, Limit.rate(Long.toString(NodeLimits.LEAST_RATE)));
    }

    @Test
    void whatIsWrittenIsReadAgainToTheByte() {
        for (long rate : new long[] {0, 10_000, 10_001, 2_000_000, 1_048_576, 123_456_789, Long.MAX_VALUE / 1000}) {
            assertEquals(rate, Limit.rate(Limit.rateText(rate)), Limit.rateText(rate));
        }
        assertEquals("2 MB/s", Limit.rateText(2_000_000));
        assertEquals("", Limit.rateText(0));
    }

    @Test
    void whatIsWrittenIsReadAgainInEveryLanguage() {
        Locale before = Locale.getDefault();
        try {
            for (Locale locale : Locale.getAvailableLocales()) {
                Locale.setDefault(locale);
                assertEquals(2_500_000, Limit.rate(Limit.rateText(2_500_000)), locale.toString());
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void connectionsAreAWholeNumberThatMakesANetwork() {
        assertEquals(0, Limit.connections(""));
        assertEquals(NodeLimits.LEAST_CONNECTIONS, Limit.connections(" " + NodeLimits.LEAST_CONNECTIONS));
        assertThrows(IllegalArgumentException.class, () -> Limit.connections("" + (NodeLimits.LEAST_CONNECTIONS - 1)));
        assertThrows(IllegalArgumentException.class, () -> Limit.connections("many"));
        assertThrows(IllegalArgumentException.class, () -> Limit.connections("-5"));
        assertThrows(IllegalArgumentException.class, () -> Limit.connections("99999999999"));
        assertEquals("300", Limit.connectionsText(300));
        assertEquals(5_000_000, Limit.connections(Limit.connectionsText(5_000_000)));
    }
}
