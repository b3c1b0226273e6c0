// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.record;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes what {@link CborReader} reads. The caller sorts the keys of a map: shorter ones first, then by their bytes. */
final class CborWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    CborWriter map(int entries) {
        return head(5, entries);
    }

    CborWriter unsigned(long value) {
        return head(0, value);
    }

    CborWriter bytes(byte[] value) {
        head(2, value.length);
        out.writeBytes(value);
        return this;
    }

    CborWriter text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        head(3, bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    private CborWriter head(int kind, long argument) {
        int size = size(argument);
        int code = size == 0 ? (int) argument : 24 + Integer.numberOfTrailingZeros(size);
        out.write(kind << 5 | code);
        for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
            out.write((int) (argument >>> shift));
        }
        return this;
    }

    /** How many bytes the number takes behind the head. */
    private static int size(long value) {
        if (value >>> 8 == 0) {
            return value < 24 ? 0 : 1;
        }
        if (value >>> 16 == 0) {
            return 2;
        }
        return value >>> 32 == 0 ? 4 : 8;
    }
}
