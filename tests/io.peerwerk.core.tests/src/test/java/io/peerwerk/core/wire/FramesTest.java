// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {

    @Test
    void messagesComeOutAsTheyWentIn() throws IOException {
        var out = new ByteArrayOutputStream();
        Frames.write(out, new byte[] {1, 2, 3});
        Frames.write(out, new byte[0]);
        Frames.write(out, new byte[300]);
        InputStream in = new ByteArrayInputStream(out.toByteArray());
        assertArrayEquals(new byte[] {1, 2, 3}, Frames.read(in, 300));
        assertArrayEquals(new byte[0], Frames.read(in, 300));
        assertArrayEquals(new byte[300], Frames.readOrEnd(in, 300));
        assertNull(Frames.readOrEnd(in, 300));
    }

    @Test
    void theLengthStandsInFrontAsAVarint() throws IOException {
        var out = new ByteArrayOutputStream();
        Frames.write(out, new byte[300]);
        assertEquals("ac02" + "00".repeat(300), HexFormat.of().formatHex(out.toByteArray()));
    }

    @Test
    void aMessageOfTheGreatestLengthIsRead() throws IOException {
        assertEquals(3, Frames.read(stream("03010203"), 3).length);
        assertEquals(0, Frames.read(stream("00"), 0).length);
    }

    @Test
    void aMessageOneByteTooLongIsRefusedBeforeItIsRead() {
        InputStream in = stream("04" + "01020304");
        assertThrows(FormatException.class, () -> Frames.read(in, 3));
        assertThrows(FormatException.class, () -> Frames.read(stream("0100"), 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffffffffffffffff7f", "ffffffff0f", "8080808008", "ffffffff07"})
    void aLengthThatLiesIsRefusedWithoutTakingMemory(String length) {
        assertThrows(FormatException.class, () -> Frames.read(stream(length + "00"), 1 << 20));
    }

    @Test
    void aNegativeLengthCannotBeSaid() {
        assertThrows(FormatException.class, () -> Frames.read(stream("ffffffffffffffffff01"), Integer.MAX_VALUE));
    }

    @Test
    void aPeerThatPromisesMuchAndSendsLittleCostsLittle() {
        long before = allocated();
        assertThrows(EOFException.class, () -> Frames.read(stream("ffffffff07" + "00".repeat(10)), Integer.MAX_VALUE));
        assertTrue(allocated() - before < 1 << 20, "memory follows the promise, not the bytes");
    }

    @Test
    void theEndIsCleanBetweenMessagesOnly() throws IOException {
        assertNull(Frames.readOrEnd(stream(""), 9));
        assertThrows(EOFException.class, () -> Frames.read(stream(""), 9));
        assertThrows(EOFException.class, () -> Frames.readOrEnd(stream("80"), 9));
        assertThrows(EOFException.class, () -> Frames.readOrEnd(stream("03"), 9));
        assertThrows(EOFException.class, () -> Frames.readOrEnd(stream("030102"), 9));
    }

    @Test
    void bytesThatTrickleInOneByOneMakeAMessage() throws IOException {
        InputStream slow = new ByteArrayInputStream(HexFormat.of().parseHex("8001" + "07".repeat(128))) {
            @Override
            public synchronized int read(byte[] to, int at, int length) {
                return super.read(to, at, Math.min(length, 1));
            }
        };
        assertEquals(128, Frames.read(slow, 128).length);
    }

    private static InputStream stream(String hex) {
        return new ByteArrayInputStream(HexFormat.of().parseHex(hex));
    }

    private static long allocated() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadAllocatedBytes();
    }
}
