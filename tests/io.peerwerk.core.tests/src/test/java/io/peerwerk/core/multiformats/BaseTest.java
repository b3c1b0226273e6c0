// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.multiformats;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;

import io.peerwerk.core.wire.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaseTest {

    @ParameterizedTest
    @CsvSource({"'', ''", "61, 2g", "626262, a3gV", "636363, aPEr", "516b6fcd0f, ABnLTmg",
        "bf4f89001e670274dd, 3SEo3LWLoPntC", "572e4794, 3EFU7m", "ecac89cad93923c02321, EJDM8drfXA6uyA",
        "10c8511e, Rt5zm", "00000000000000000000, 1111111111",
        "00eb15231dfceb60925886b67d065299925915aeb172c06647, 1NS17iag9jJgTHD1VXjvLCEnZuQ3rJDE9L"})
    void bitcoinsExamplesOfBase58AreWrittenAndReadAsThere(String hex, String text) throws FormatException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertEquals(text, Base58.encode(bytes));
        assertArrayEquals(bytes, Base58.decode(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "O", "I", "l", " 2g", "2g ", "2\u00e4", "2\uff11", "2-g"})
    void aCharacterOutsideOfBase58IsRefused(String text) {
        assertThrows(FormatException.class, () -> Base58.decode(text));
    }

    @Test
    void aBase58TextOfTheGreatestLengthIsReadAndOneCharacterMoreIsRefused() throws FormatException {
        String longest = "z".repeat(Base58.MAX_TEXT);
        assertEquals(longest, Base58.encode(Base58.decode(longest)));
        assertThrows(FormatException.class, () -> Base58.decode(longest + "z"));
    }

    @Test
    void aHugeBase58TextIsRefusedBeforeItIsDecoded() {
        String huge = "z".repeat(10_000_000);
        assertThrows(FormatException.class, () -> Base58.decode(huge));
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "f, my", "fo, mzxq", "foo, mzxw6", "foob, mzxw6yq", "fooba, mzxw6ytb", "foobar, mzxw6ytboi"})
    void theExamplesOfRfc4648AreWrittenAndReadAsThereInLowerCaseWithoutPadding(String plain, String text)
            throws FormatException {
        assertEquals(text, Base32.encode(plain.getBytes(US_ASCII)));
        assertArrayEquals(plain.getBytes(US_ASCII), Base32.decode(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "mzx", "mzxw6y", "mz", "mzxw7", "mzxw6yr", "MY", "my======", "m1", "m8", "m\u00e4",
        " my"})
    void aBase32TextWithLooseBitsOrOddCharactersIsRefused(String text) {
        assertThrows(FormatException.class, () -> Base32.decode(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"f796573206d616e692021", "bpfsxgidnmfxgsibb", "k2lcpzo5yikidynfl", "z7paNL19xttacUY",
        "meWVzIG1hbmkgIQ", "ueWVzIG1hbmkgIQ"})
    void theSpecificationsTextIsReadInEveryBase(String text) throws FormatException {
        assertArrayEquals("yes mani !".getBytes(US_ASCII), Multibase.decode(text));
        assertEquals(text, Multibase.encode(text.charAt(0), "yes mani !".getBytes(US_ASCII)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"f0000796573206d616e692021", "baaahszltebwwc3tjeaqq", "k002lcpzo5yikidynfl",
        "z117paNL19xttacUY", "mAAB5ZXMgbWFuaSAh", "uAAB5ZXMgbWFuaSAh"})
    void leadingZerosAreKeptInEveryBase(String text) throws FormatException {
        assertArrayEquals("\0\0yes mani !".getBytes(US_ASCII), Multibase.decode(text));
        assertEquals(text, Multibase.encode(text.charAt(0), "\0\0yes mani !".getBytes(US_ASCII)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x00", "F00", "f0", "f0G", "fAB", "k2LCPZO5YIKIDYNFL", "Bpfsxgidnmfxgsibb",
        "ueWVzIG1hbmkgIQ==", "meWVzIG1hbmkgIR", "u+w", "m-w", "\u00e4"})
    void aTextThatIsNotOfTheBaseItNamesIsRefused(String text) {
        assertThrows(FormatException.class, () -> Multibase.decode(text));
    }

    @Test
    void aBaseWithoutNameCannotBeWritten() {
        assertThrows(IllegalArgumentException.class, () -> Multibase.encode('x', new byte[1]));
    }
}
