// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Builds a protobuf record, one field after the other in the order of the calls. A field that holds its default value
 * is written like any other: a caller that wants it left out does not call. Not thread-safe.
 */
public final class ProtoWriter {

    private static final int MAX_FIELD = (1 << 29) - 1;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Writes a field of type {@code bytes}. */
    public ProtoWriter bytes(int field, byte[] value) {
        tag(field, WireType.LENGTH_DELIMITED);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    /** Writes a field of type {@code string}, in UTF-8. */
    public ProtoWriter string(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a field of type {@code uint64}, {@code uint32}, {@code int64} or of an enum. */
    public ProtoWriter uint(int field, long value) {
        tag(field, WireType.VARINT);
        varint(value);
        return this;
    }

    /** Writes a field of type {@code fixed64}: 64 bits, the lowest byte first. */
    public ProtoWriter fixed64(int field, long value) {
        return fixed(field, WireType.FIXED64, value, Long.SIZE);
    }

    /** Writes a field of type {@code fixed32}: the lowest 32 bits of the value, the lowest byte first. */
    public ProtoWriter fixed32(int field, long value) {
        return fixed(field, WireType.FIXED32, value, Integer.SIZE);
    }

    private ProtoWriter fixed(int field, int wireType, long value, int bits) {
        tag(field, wireType);
        for (int shift = 0; shift < bits; shift += Byte.SIZE) {
            out.write((int) (value >>> shift));
        }
        return this;
    }

    /** Writes a field of type {@code bool}. */
    public ProtoWriter bool(int field, boolean value) {
        return uint(field, value ? 1 : 0);
    }

    /** Writes a field that is itself a record. */
    public ProtoWriter message(int field, ProtoWriter value) {
        return bytes(field, value.toBytes());
    }

    /** The record as written so far. */
    public byte[] toBytes() {
        return out.toByteArray();
    }

    private void tag(int field, int wireType) {
        if (field < 1 || field > MAX_FIELD) {
            throw new IllegalArgumentException("no field can have number " + field);
        }
        varint((long) field << 3 | wireType);
    }

    /** Protobuf's varint has all 64 bits, hence up to ten bytes: one more than multiformats allow. */
    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
