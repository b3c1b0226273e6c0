// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class WireRoundTripTest {

    private static final int MAX = 1 << 16;

    @Property
    void everyMessageComesOutOfItsFrame(@ForAll @Size(max = 20) List<byte[]> messages) throws IOException {
        var out = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            Frames.write(out, message);
        }
        InputStream in = new ByteArrayInputStream(out.toByteArray());
        for (byte[] message : messages) {
            assertArrayEquals(message, Frames.read(in, message.length));
        }
        assertNull(Frames.readOrEnd(in, 0));
    }

    @Property
    void everyFieldComesOutOfItsRecord(@ForAll @IntRange(min = 1, max = (1 << 29) - 1) int field, @ForAll long number,
            @ForAll byte[] bytes, @ForAll @StringLength(max = 99) String text) throws FormatException {
        byte[] utf8 = text.getBytes(UTF_8);
        String plain = new String(utf8, UTF_8);
        byte[] record = new ProtoWriter().uint(field, number).bytes(field, bytes).string(field, plain)
                .message(field, new ProtoWriter().bytes(field, bytes)).toBytes();
        var in = new ProtoReader(record);
        assertEquals(field, in.next());
        assertEquals(number, in.uint());
        assertEquals(field, in.next());
        assertArrayEquals(bytes, in.bytes(bytes.length));
        assertEquals(field, in.next());
        assertEquals(plain, in.string(utf8.length));
        assertEquals(field, in.next());
        ProtoReader inner = in.message(MAX);
        assertEquals(field, inner.next());
        assertArrayEquals(bytes, inner.bytes(MAX));
        assertEquals(0, inner.next());
        assertEquals(0, in.next());
    }
}
