// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.peerwerk.core.multiformats.Varint;
import io.peerwerk.core.wire.FormatException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class DatagramMessageTest {

    @Property
    void aMessageIsReadAsItWasWritten(@ForAll @StringLength(min = 1, max = 60) String protocol,
            @ForAll @Size(max = 2000) byte[] payload) throws FormatException {
        String name = new String(protocol.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        byte[] bytes = new DatagramMessage(name, payload).toBytes();
        assertEquals(DatagramMessage.overhead(name) + payload.length, bytes.length);
        DatagramMessage read = DatagramMessage.parse(bytes);
        assertEquals(name, read.protocol());
        assertArrayEquals(payload, read.payload());
    }

    @Test
    void theBytesAreThoseOfTheDescription() {
        byte[] bytes = new DatagramMessage("/a", new byte[] {7}).toBytes();
        assertArrayEquals(new byte[] {2, '/', 'a', 7}, bytes);
    }

    @Test
    void aNameOf255BytesIsTakenAndOneMoreRefused() throws FormatException {
        assertEquals(255, DatagramMessage.parse(named(255)).protocol().length());
        assertThrows(FormatException.class, () -> DatagramMessage.parse(named(256)));
        assertThrows(IllegalArgumentException.class, () -> new DatagramMessage("x".repeat(256), new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> new DatagramMessage("", new byte[0]));
    }

    private static byte[] named(int length) {
        byte[] prefix = Varint.encode(length);
        byte[] all = Arrays.copyOf(prefix, prefix.length + length);
        Arrays.fill(all, prefix.length, all.length, (byte) 'x');
        return all;
    }

    @Test
    void whatIsMalformedIsRefused() {
        for (byte[] bytes : new byte[][] {{}, {0}, {0, 1}, {3, 'a', 'b'}, {(byte) 0x81, 0, 'a'}, {1, (byte) 0xff},
                {-1, -1, -1, -1, -1, -1, -1, -1, 127, 'a'}}) {
            assertThrows(FormatException.class, () -> DatagramMessage.parse(bytes));
        }
    }
}
