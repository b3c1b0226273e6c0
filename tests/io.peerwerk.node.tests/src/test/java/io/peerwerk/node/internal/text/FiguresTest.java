// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({"0, 0.00 ms", "830000, 0.83 ms", "12400000, 12.4 ms", "999400000, 999 ms", "4200000000, 4.20 s",
        "59400000000, 59.4 s", "59600000000, 1 min 0 s", "185000000000, 3 min 5 s", "7800000000000, 2 h 10 min",
        "273600000000000, 3 d 4 h"})
    void aTimeIsWrittenInTheUnitItDeserves(long nanos, String text) {
        assertEquals(text, Figures.time(Duration.ofNanos(nanos)));
    }

    @Test
    void aRateWithoutTimeIsADash() {
        assertEquals("–", Figures.rate(1000, Duration.ZERO));
        assertEquals("31.8 MB/s", Figures.rate(63_600_000, Duration.ofSeconds(2)));
    }

    @Test
    void oneIsSingular() {
        assertEquals("1 peer", Figures.count(1, "peer"));
        assertEquals("0 peers", Figures.count(0, "peer"));
    }

    @ParameterizedTest
    @CsvSource({"500ms, 500", "2s, 2000", "10min, 600000", "10m, 600000", "2h, 7200000", "1d, 86400000", "0s, 0"})
    void aTimeIsReadAsPeopleWriteIt(String text, long millis) {
        assertEquals(Duration.ofMillis(millis), TimeSpan.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "s", "-2s", "1.5h", "2 weeks", "9999999999s"})
    void whatIsNoTimeIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> TimeSpan.parse(text));
    }
}
