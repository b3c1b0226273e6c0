// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.peerwerk.core.wire.FormatException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurabilityTargetTest {

    @Test
    void theStandardIsAMillionthAndAThousandMillionth() throws FormatException {
        assertEquals(new DurabilityTarget(1e-6, 1e-9), DurabilityTarget.standard());
        assertEquals(DurabilityTarget.standard(), DurabilityTarget.parse("standard"));
        assertEquals("1e-6,1e-9", DurabilityTarget.standard().toString());
    }

    @ParameterizedTest
    @CsvSource({"low,1e-3,1e-6", "high,1e-9,1e-12", "'1e-6,1e-9',1e-6,1e-9", "' 0.5, 2.5e-7',0.5,2.5e-7",
        "'1e-30,0.999',1e-30,0.999"})
    void wordsAndNumbersAreRead(String text, double half, double year) throws FormatException {
        assertEquals(new DurabilityTarget(half, year), DurabilityTarget.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "best", "1e-6", "1e-6,", ",", "1e-6,1e-9,1", "0,0.1", "0.1,1", "-1,0.1", "NaN,0.1",
        "9e-31,0.1", "0.1,Infinity"})
    void whatIsNoTargetIsRefused(String text) {
        assertThrows(FormatException.class, () -> DurabilityTarget.parse(text));
    }

    @Property
    void whatIsWrittenIsReadAgain(@ForAll @DoubleRange(min = 0.01, max = 0.99) double digits,
            @ForAll @IntRange(min = 0, max = 27) int half, @ForAll @IntRange(min = 0, max = 27) int year)
            throws FormatException {
        DurabilityTarget target = new DurabilityTarget(digits * Math.pow(10, -half), digits * Math.pow(10, -year));
        assertEquals(target, DurabilityTarget.parse(target.toString()));
    }
}
