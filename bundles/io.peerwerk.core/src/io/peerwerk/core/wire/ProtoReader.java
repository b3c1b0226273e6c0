// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import com.google.protobuf.CodedInputStream;

/**
 * Reads a protobuf record field by field:
 *
 * <pre>{@code
 *   for (int field = in.next(); field != 0; field = in.next()) {
 *       switch (field) {
 *           case 1 -> name = in.string(MAX_NAME);
 *           case 2 -> size = in.uint();
 *           default -> in.skip();
 *       }
 *   }
 * }</pre>
 *
 * <p>A field may come more than once; the caller counts what it collects. A value of another kind than the caller asks
 * for is refused, and so are groups, a form that protobuf itself has given up. Nested records share the bytes of the
 * outer one, so nesting costs no memory, and it goes only as deep as the caller does. Not thread-safe.
 */
public final class ProtoReader {

    private static final int NO_VALUE = 0;

    private final byte[] bytes;
    private final int offset;
    private final CodedInputStream in;
    /** Tag of the field whose value stands next; {@link #NO_VALUE} once that is consumed. */
    private int tag = NO_VALUE;

    /** Reads all the given bytes, which must not change meanwhile. */
    public ProtoReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /** Reads the given part of the bytes, which must not change meanwhile. */
    public ProtoReader(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.offset = offset;
        this.in = CodedInputStream.newInstance(bytes, offset, length);
    }

    /** The number of the next field, or 0 at the end. The value before it, if nobody read it, is skipped. */
    public int next() throws FormatException {
        skip();
        tag = read(in::readTag);
        return tag >>> 3;
    }

    /** The value of a {@code uint64}, {@code uint32}, {@code int64} or enum field; above 2^63 it appears negative. */
    public long uint() throws FormatException {
        consume(WireType.VARINT);
        return read(in::readUInt64);
    }

    /** The value of a {@code bool} field. */
    public boolean bool() throws FormatException {
        return uint() != 0;
    }

    /** The value of a {@code fixed64} field: 64 bits, the lowest byte first on the wire. */
    public long fixed64() throws FormatException {
        consume(WireType.FIXED64);
        return read(in::readFixed64);
    }

    /** The value of a {@code fixed32} field, 0 to 2^32 - 1: 32 bits, the lowest byte first on the wire. */
    public long fixed32() throws FormatException {
        consume(WireType.FIXED32);
        return Integer.toUnsignedLong(read(in::readFixed32));
    }

    /** The value of a {@code bytes} field, refused if it is longer than the given number of bytes. */
    public byte[] bytes(int maxLength) throws FormatException {
        int length = length(maxLength);
        return read(() -> in.readRawBytes(length));
    }

    /** The value of a {@code string} field, refused if it is longer than so many bytes, or not strictly UTF-8. */
    public String string(int maxBytes) throws FormatException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(maxBytes))).toString();
        } catch (CharacterCodingException e) {
            throw new FormatException("a text is not UTF-8", e);
        }
    }

    /** A reader of the record that this field holds, refused if it is longer than the given number of bytes. */
    public ProtoReader message(int maxLength) throws FormatException {
        int length = length(maxLength);
        var message = new ProtoReader(bytes, offset + in.getTotalBytesRead(), length);
        skipBytes(length);
        return message;
    }

    /** Passes over the value, whatever it is; does nothing once the value is read. */
    public void skip() throws FormatException {
        if (tag == NO_VALUE) {
            return;
        }
        switch (tag & 7) {
            case WireType.VARINT -> uint();
            case WireType.LENGTH_DELIMITED -> skipBytes(length(Integer.MAX_VALUE));
            case WireType.FIXED64 -> skipFixed(Long.BYTES);
            case WireType.FIXED32 -> skipFixed(Integer.BYTES);
            default -> throw new FormatException("a field has the unknown or outdated wire type " + (tag & 7));
        }
    }

    private void skipFixed(int length) throws FormatException {
        tag = NO_VALUE;
        skipBytes(length);
    }

    private void skipBytes(int length) throws FormatException {
        read(() -> {
            in.skipRawBytes(length);
            return length;
        });
    }

    /** Reads the length of a value and checks it against the limit and what is left, before any memory is taken. */
    private int length(int maxLength) throws FormatException {
        consume(WireType.LENGTH_DELIMITED);
        long length = read(in::readRawVarint64);
        if (length < 0 || length > maxLength) {
            throw new FormatException(
                    "a field of " + Long.toUnsignedString(length) + " bytes is longer than " + maxLength);
        }
        return (int) length;
    }

    private void consume(int wireType) throws FormatException {
        if (tag == NO_VALUE) {
            throw new IllegalStateException("there is no value: call next() first, and read each value once");
        }
        if ((tag & 7) != wireType) {
            throw new FormatException("field " + (tag >>> 3) + " has wire type " + (tag & 7) + ", not " + wireType);
        }
        tag = NO_VALUE;
    }

    @FunctionalInterface
    private interface Step<T> {
        T run() throws IOException;
    }

    private static <T> T read(Step<T> step) throws FormatException {
        try {
            return step.run();
        } catch (IOException e) {
            throw new FormatException("a record is cut off or malformed", e);
        }
    }
}
