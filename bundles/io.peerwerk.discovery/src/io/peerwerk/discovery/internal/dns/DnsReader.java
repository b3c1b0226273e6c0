// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.dns;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.peerwerk.core.wire.FormatException;

/** Reads the parts of one message, in order, and never beyond its end. */
final class DnsReader {

    private static final int POINTER = 0xc0;

    private final byte[] bytes;
    private int at;

    DnsReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int position() {
        return at;
    }

    int u8() throws FormatException {
        int value = byteAt(at);
        at++;
        return value;
    }

    int u16() throws FormatException {
        return u8() << 8 | u8();
    }

    long u32() throws FormatException {
        return (long) u16() << 16 | u16();
    }

    /** Where a part of so many bytes ends that begins here. */
    int endOf(int length) throws FormatException {
        if (length > bytes.length - at) {
            throw new FormatException("a message of " + bytes.length + " bytes is cut off");
        }
        return at + length;
    }

    void skipTo(int position) {
        at = position;
    }

    ByteBuffer take(int length) throws FormatException {
        int end = endOf(length);
        byte[] part = Arrays.copyOfRange(bytes, at, end);
        at = end;
        return ByteBuffer.wrap(part);
    }

    String string() throws FormatException {
        int length = u8();
        int end = endOf(length);
        String text = new String(bytes, at, length, StandardCharsets.ISO_8859_1);
        at = end;
        return text;
    }

    DomainName name() throws FormatException {
        List<String> labels = new ArrayList<>();
        int length = 1;
        int here = at;
        int front = at; // where the name may go on must lie before all that was read of it
        int after = -1;
        for (int head = byteAt(here); head != 0; head = byteAt(here)) {
            if ((head & POINTER) == POINTER) {
                after = after < 0 ? here + 2 : after;
                here = (head & ~POINTER) << 8 | byteAt(here + 1);
                if (here >= front) {
                    throw new FormatException("a name goes on behind itself");
                }
                front = here;
            } else {
                length += 1 + head;
                if (head > DomainName.MAX_LABEL || length > DomainName.MAX_BYTES) {
                    throw new FormatException("a name or a label of it is too long");
                }
                byteAt(here + head);
                labels.add(new String(bytes, here + 1, head, StandardCharsets.ISO_8859_1));
                here += 1 + head;
            }
        }
        at = after < 0 ? here + 1 : after;
        return new DomainName(labels);
    }

    private int byteAt(int position) throws FormatException {
        if (position >= bytes.length) {
            throw new FormatException("a message of " + bytes.length + " bytes is cut off");
        }
        return bytes[position] & 0xff;
    }
}
