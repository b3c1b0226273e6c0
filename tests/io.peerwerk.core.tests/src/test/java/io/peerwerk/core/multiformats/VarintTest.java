// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.multiformats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

import io.peerwerk.core.wire.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VarintTest {

    @ParameterizedTest
    @CsvSource({"0, 00", "1, 01", "127, 7f", "128, 8001", "255, ff01", "300, ac02", "16384, 808001",
        "9223372036854775807, ffffffffffffffff7f"})
    void theSpecificationsNumbersAreWrittenAndReadAsThere(long value, String hex) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertArrayEquals(bytes, Varint.encode(value));
        assertEquals(bytes.length, Varint.size(value));
        assertEquals(value, Varint.read(ByteBuffer.wrap(bytes)));
        assertEquals(value, Varint.read(new ByteArrayInputStream(bytes)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8000", "8100", "ff00", "80808000", "ffffffffffffffff00"})
    void aLongerSpellingOfANumberIsRefused(String hex) {
        refused(hex);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffffffffffffffffff01", "80808080808080808001", "808080808080808080",
        "ffffffffffffffffff7f"})
    void aNumberOfTenBytesIsRefused(String hex) {
        refused(hex);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "80", "ffffff"})
    void aNumberThatIsCutOffIsRefused(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThrows(FormatException.class, () -> Varint.read(ByteBuffer.wrap(bytes)));
        assertThrows(EOFException.class, () -> Varint.read(new ByteArrayInputStream(bytes)));
    }

    @Test
    void readingTakesNoByteMoreThanTheNumberHas() throws IOException {
        byte[] bytes = {(byte) 0xAC, 2, 99};
        var buffer = ByteBuffer.wrap(bytes);
        var stream = new ByteArrayInputStream(bytes);
        assertEquals(300, Varint.read(buffer));
        assertEquals(300, Varint.read(stream));
        assertEquals(99, buffer.get());
        assertEquals(99, stream.read());
    }

    @Test
    void anEndlessRunOfHighBytesIsRefusedAfterNineOfThem() {
        var stream = new ByteArrayInputStream(HexFormat.of().parseHex("ff".repeat(64)));
        assertThrows(FormatException.class, () -> Varint.read(stream));
        assertEquals(64 - Varint.MAX_SIZE, stream.available());
    }

    @Test
    void aNegativeNumberCannotBeWritten() {
        assertThrows(IllegalArgumentException.class, () -> Varint.encode(-1));
        assertThrows(IllegalArgumentException.class, () -> Varint.size(Long.MIN_VALUE));
    }

    @Test
    void writingIntoAnArrayReturnsTheIndexAfterTheNumber() {
        byte[] to = new byte[5];
        assertEquals(4, Varint.write(300, to, 2));
        assertArrayEquals(new byte[] {0, 0, (byte) 0xAC, 2, 0}, to);
    }

    private static void refused(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThrows(FormatException.class, () -> Varint.read(ByteBuffer.wrap(bytes)));
        assertThrows(FormatException.class, () -> Varint.read(new ByteArrayInputStream(bytes)));
    }
}
