// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.multistream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

import io.peerwerk.core.wire.FormatException;
import org.junit.jupiter.api.Test;

class LineTest {

    @Test
    void aLineHasItsLengthInFrontAndANewlineBehind() {
        assertArrayEquals(new byte[] {3, 'n', 'a', '\n'}, Line.encode("na"));
    }

    @Test
    void theLongestLineIsRead() throws IOException {
        String longest = "x".repeat(Line.MAX_LENGTH - 1);
        assertEquals(longest, Line.read(ByteBuffer.wrap(Line.encode(longest))));
        assertEquals(longest, Line.read(new ByteArrayInputStream(Line.encode(longest))));
    }

    @Test
    void aLineOneByteTooLongIsRefusedBeforeItHasCome() {
        byte[] length = {(byte) (0x80 | (Line.MAX_LENGTH + 1) & 0x7f), (byte) (Line.MAX_LENGTH + 1 >> 7)};
        assertThrows(FormatException.class, () -> Line.read(ByteBuffer.wrap(length)));
        assertThrows(FormatException.class, () -> Line.read(new ByteArrayInputStream(length)));
        assertThrows(IllegalArgumentException.class, () -> Line.encode("x".repeat(Line.MAX_LENGTH)));
    }

    @Test
    void aLineOfOneMegabyteIsRefusedBeforeItHasCome() {
        assertThrows(FormatException.class, () ->
                Line.read(ByteBuffer.wrap(new byte[] {(byte) 0x80, (byte) 0x80, 0x40})));
    }

    @Test
    void anEmptyLineAndOneWithoutANewlineAreRefused() {
        assertThrows(FormatException.class, () -> Line.read(ByteBuffer.wrap(new byte[] {0})));
        assertThrows(FormatException.class, () -> Line.read(ByteBuffer.wrap(new byte[] {2, 'n', 'a'})));
    }

    @Test
    void aPartOfALineLeavesTheBufferAlone() throws FormatException {
        byte[] whole = Line.encode("/noise");
        for (int i = 0; i < whole.length; i++) {
            ByteBuffer part = ByteBuffer.wrap(whole, 0, i);
            assertNull(Line.read(part));
            assertEquals(0, part.position());
        }
    }

    @Test
    void readingALineTakesNotAByteMore() throws IOException {
        byte[] two = Line.encode("first", "second");
        var in = new ByteArrayInputStream(two);
        assertEquals("first", Line.read(in));
        assertEquals("second", Line.read(in));
        assertEquals(0, in.available());
    }

    @Test
    void aStreamThatEndsWithinALineSaysSo() {
        byte[] whole = Line.encode("/noise");
        assertThrows(EOFException.class, () -> Line.read(new ByteArrayInputStream(Arrays.copyOf(whole, 3))));
    }

    @Test
    void aLineInALogIsShortAndPrintable() {
        assertEquals("a?[31mb", Line.forPeople("a\u001b[31mb"));
        assertEquals(61, Line.forPeople("x".repeat(1000)).length());
    }
}
