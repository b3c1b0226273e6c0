// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "4096, 4096", "1B, 1", "10GB, 10000000000", "10 gb, 10000000000", "500MiB, 524288000",
        "1.5kB, 1500", "1.5TiB, 1649267441664", "2k, 2000", "0.9B, 0"})
    void aSizeIsReadAsPeopleWriteIt(String text, long bytes) {
        assertEquals(bytes, ByteSize.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GB", "-1GB", "10 apples", "1e9", "0x10", "1,5GB", "1..5GB", "10GBGB", "９GB",
        "1234567890123456789"})
    void whatIsNoSizeIsRefusedInOneClearLine(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> ByteSize.parse(text)).getMessage();
        assertTrue(message.contains("size"), message);
    }

    @Test
    void theLargestSizeFitsAndOneUnitMoreDoesNot() {
        assertEquals(9_223_372_000_000_000_000L, ByteSize.parse("9223372TB"));
        assertThrows(IllegalArgumentException.class, () -> ByteSize.parse("9223373TB"));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "999, 999 B", "1000, 1.00 kB", "9994, 9.99 kB", "9996, 10.0 kB", "99949, 99.9 kB",
        "99951, 100 kB", "999499, 999 kB", "999500, 1.00 MB", "133700000, 134 MB", "10000000000, 10.0 GB",
        "9223372036854775807, 9.22 EB", "-1500, -1.50 kB"})
    void aSizeIsWrittenWithThreeDigits(long bytes, String text) {
        assertEquals(text, ByteSize.format(bytes));
    }

    @Property
    void aWholeNumberOfBytesSurvivesTheRoundTrip(
            @ForAll @LongRange(min = 0, max = 999_999_999_999_999_999L) long bytes) {
        assertEquals(bytes, ByteSize.parse(Long.toString(bytes)));
        assertEquals(bytes, ByteSize.parse(bytes + " B"));
    }

    @Property
    void whatIsWrittenReadsBackWithinTheDigitsShown(@ForAll @LongRange(min = 0) long bytes) {
        String text = ByteSize.format(bytes).replace("PB", "000TB").replace("EB", "000000TB");
        if (!text.contains(".")) {
            double back = ByteSize.parse(text.replace(" ", ""));
            assertTrue(Math.abs(back - bytes) <= bytes * 0.006 + 1, text + " for " + bytes);
        }
    }
}
