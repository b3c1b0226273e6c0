// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.dns;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the parts of one message, in order; a name that has come before is pointed to. */
final class DnsWriter {

    private static final int POINTER = 0xc000;
    private static final int MAX_POINTER = 0x3fff;

    private final Map<List<String>, Integer> written = new HashMap<>();
    private byte[] bytes = new byte[512];
    private int size;

    void u16(int value) {
        u8(value >>> 8);
        u8(value);
    }

    void u32(long value) {
        u16((int) (value >>> 16));
        u16((int) value);
    }

    void string(String text) {
        if (text.length() > ResourceRecord.MAX_STRING) {
            throw new IllegalArgumentException("a string of " + text.length() + " bytes");
        }
        u8(text.length());
        append(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void append(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        append(copy);
    }

    void name(DomainName name) {
        List<String> rest = name.labels();
        while (!rest.isEmpty()) {
            Integer before = written.get(rest);
            if (before != null) {
                u16(POINTER | before);
                return;
            }
            if (size <= MAX_POINTER) {
                written.put(rest, size);
            }
            string(rest.getFirst());
            rest = rest.subList(1, rest.size());
        }
        u8(0);
    }

    /** Writes what has its length in front. */
    void withLength(Runnable content) {
        int start = size;
        u16(0);
        content.run();
        int length = size - start - 2;
        bytes[start] = (byte) (length >>> 8);
        bytes[start + 1] = (byte) length;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void append(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    private void u8(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
