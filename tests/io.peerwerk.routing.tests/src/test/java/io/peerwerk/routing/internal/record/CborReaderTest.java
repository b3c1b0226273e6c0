// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;

import io.peerwerk.core.wire.FormatException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Examples are those of RFC 8949, appendix A, where it has them. */
class CborReaderTest {

    private static CborReader reader(String hex) {
        return new CborReader(HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @CsvSource({"00,0", "17,23", "1818,24", "18ff,255", "190100,256", "1903e8,1000", "1a000f4240,1000000",
        "1b000000e8d4a51000,1000000000000", "1bffffffffffffffff,18446744073709551615"})
    void numbersAreRead(String hex, String number) throws FormatException {
        assertEquals(number, Long.toUnsignedString(reader(hex).unsigned()));
        assertArrayEquals(HexFormat.of().parseHex(hex), new CborWriter().unsigned(Long.parseUnsignedLong(number)).toBytes());
    }

    @Property
    void everyNumberComesOutAsItWentIn(@ForAll long number) throws FormatException {
        assertEquals(number, new CborReader(new CborWriter().unsigned(number).toBytes()).unsigned());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1817", "1900ff", "1a0000ffff", "1b00000000ffffffff", "1c", "1f", "18", "20", "60", ""})
    void whatIsNotTheShortestFormOfANumberIsRefused(String hex) {
        assertThrows(FormatException.class, () -> reader(hex).unsigned());
    }

    @ParameterizedTest
    @ValueSource(strings = {"5f4101ff", "42ff", "5affffffff", "5bffffffffffffffff", "61c3", "41"})
    void bytesHaveAStatedLengthAndAreThere(String hex) {
        assertThrows(FormatException.class, () -> reader(hex).bytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "20", "40", "60", "80", "a0", "f4", "f5", "f6", "fb3ff199999999999a", "83010203",
        "a26161016162820203", "d82a4100", "8181818181818100"})
    void whatDagCborHasIsPassedOver(String hex) throws FormatException {
        CborReader in = reader(hex);
        in.skip();
        in.end();
    }

    @ParameterizedTest
    @ValueSource(strings = {"f7", "f0", "f93c00", "fa47c35000", "c11a514b67b0", "9fff", "bfff", "ff", "81", "a161", "9a7fffffff",
        "bb7fffffffffffffff", "818181818181818181818181818100", "61ff"})
    void whatDagCborHasNotIsRefused(String hex) {
        assertThrows(FormatException.class, () -> reader(hex).skip());
    }

    @Test
    void nothingMayFollow() throws FormatException {
        CborReader in = reader("0000");
        in.skip();
        assertThrows(FormatException.class, in::end);
    }
}
