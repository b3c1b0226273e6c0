// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.multiformats;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

import io.peerwerk.core.wire.FormatException;

/**
 * Whole numbers from 0 to 2^63 - 1 in one to nine bytes: seven bits a byte, the lowest first, with the top bit set in
 * all but the last byte. A number has one spelling: a longer one, ending in a zero byte, is refused.
 *
 * @see <a href="https://github.com/multiformats/unsigned-varint">unsigned-varint</a>
 */
public final class Varint {

    /** The most bytes a number takes. */
    public static final int MAX_SIZE = 9;

    private Varint() {
    }

    /** How many bytes the number takes, 1 to 9. */
    public static int size(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a varint cannot hold " + value);
        }
        int bits = Long.SIZE - Long.numberOfLeadingZeros(value | 1);
        return (bits + 6) / 7;
    }

    /** Writes the number into the array from the given index on, and returns the index after it. */
    public static int write(long value, byte[] to, int at) {
        int last = at + size(value) - 1;
        long rest = value;
        for (int i = at; i < last; i++) {
            to[i] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        to[last] = (byte) rest;
        return last + 1;
    }

    /** The bytes of the number. */
    public static byte[] encode(long value) {
        byte[] bytes = new byte[size(value)];
        write(value, bytes, 0);
        return bytes;
    }

    /**
     * Reads a number from a stream, and no byte more.
     *
     * @throws EOFException if the stream ends before the number does
     * @throws FormatException if the number is longer than nine bytes or has a shorter spelling
     */
    public static long read(InputStream in) throws IOException {
        return read(in.read(), in);
    }

    /** As {@link #read(InputStream)} for a number whose first byte, or -1 for the end, has been read already. */
    public static long read(int first, InputStream in) throws IOException {
        long value = 0;
        int next = first;
        for (int i = 0; i < MAX_SIZE; i++) {
            if (next < 0) {
                throw new EOFException("the stream ended within a number");
            }
            value |= (long) (next & 0x7F) << 7 * i;
            if (next < 0x80) {
                return minimal(value, i + 1);
            }
            next = i + 1 < MAX_SIZE ? in.read() : 0;
        }
        throw tooLong();
    }

    /**
     * Reads a number from a buffer and leaves the position after it.
     *
     * @throws FormatException if the number is cut off, longer than nine bytes, or has a shorter spelling
     */
    public static long read(ByteBuffer in) throws FormatException {
        long value = 0;
        for (int i = 0; i < MAX_SIZE; i++) {
            if (!in.hasRemaining()) {
                throw new FormatException("a number is cut off");
            }
            byte next = in.get();
            value |= (long) (next & 0x7F) << 7 * i;
            if (next >= 0) {
                return minimal(value, i + 1);
            }
        }
        throw tooLong();
    }

    private static long minimal(long value, int size) throws FormatException {
        if (size != size(value)) {
            throw new FormatException("the number " + value + " is spelled with " + size + " bytes");
        }
        return value;
    }

    private static FormatException tooLong() {
        return new FormatException("a number is longer than " + MAX_SIZE + " bytes");
    }
}
