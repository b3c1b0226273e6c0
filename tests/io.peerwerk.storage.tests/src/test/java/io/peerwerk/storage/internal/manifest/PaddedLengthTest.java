// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaddedLengthTest {

    @ParameterizedTest
    @CsvSource({"0,1024", "1,1024", "1024,1024", "1025,1088", "1088,1088", "1089,1152", "65536,65536", "65537,67584",
        "1000000,1015808", "20971520,20971520", "20971521,21495808", "1000000000,1006632960"})
    void aLengthIsRoundedUpAsThePaperSays(long length, long padded) {
        assertEquals(padded, PaddedLength.of(length));
    }

    @Property(tries = 2000)
    void paddingCostsAtMostASixteenthAndNothingTheSecondTime(
            @ForAll @LongRange(min = 1024, max = (1L << 62) - 1) long length) {
        long padded = PaddedLength.of(length);
        assertTrue(padded >= length && padded - length <= length / (length < 1 << 16 ? 16 : 32), () -> length + " to " + padded);
        if (padded < 1L << 62) {
            assertEquals(padded, PaddedLength.of(padded));
        }
    }

    @Test
    void fewLengthsAreLeft() {
        Set<Long> seen = new HashSet<>();
        for (int length = 0; length < 1 << 20; length++) {
            seen.add(PaddedLength.of(length));
        }
        // Ten powers of two with 2^4 or 2^5 lengths each.
        assertTrue(seen.size() <= 260, () -> seen.size() + " lengths");
    }

    @Test
    void aLengthThatIsNoneIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> PaddedLength.of(-1));
        assertThrows(IllegalArgumentException.class, () -> PaddedLength.of(1L << 62));
    }
}
