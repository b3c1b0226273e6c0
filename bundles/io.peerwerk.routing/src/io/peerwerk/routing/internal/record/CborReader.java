// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.record;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import io.peerwerk.core.wire.FormatException;

/**
 * Reads the part of DAG-CBOR that signed records are made of: maps with text keys, integers, bytes and texts, each in
 * its one shortest form and of a stated length. Values that the caller does not know can be passed over to a depth of
 * {@value #MAX_DEPTH}. Not thread-safe.
 *
 * @see <a href="https://ipld.io/specs/codecs/dag-cbor/spec/">DAG-CBOR</a>
 */
final class CborReader {

    /** How deep values that are passed over may nest. */
    static final int MAX_DEPTH = 8;

    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int LIST = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;
    /** The only tag there is: a link. */
    private static final int LINK = 42;

    private final ByteBuffer in;

    CborReader(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes);
    }

    /** The number of entries of the map that begins here. */
    int map() throws FormatException {
        return (int) length(head(MAP), 2);
    }

    /** An unsigned integer; above 2^63 it appears negative. */
    long unsigned() throws FormatException {
        return argument(head(UNSIGNED));
    }

    byte[] bytes() throws FormatException {
        return take(length(head(BYTES), 1));
    }

    String text() throws FormatException {
        return decode(take(length(head(TEXT), 1)));
    }

    /** Passes over one value, whatever it is. */
    void skip() throws FormatException {
        skip(0);
    }

    /** Nothing may follow. */
    void end() throws FormatException {
        if (in.hasRemaining()) {
            throw new FormatException(in.remaining() + " bytes follow after a CBOR value");
        }
    }

    private void skip(int depth) throws FormatException {
        if (depth > MAX_DEPTH) {
            throw new FormatException("CBOR values nest deeper than " + MAX_DEPTH);
        }
        int head = next();
        switch (head >>> 5) {
            case UNSIGNED, NEGATIVE -> argument(head);
            case BYTES -> take(length(head, 1));
            case TEXT -> decode(take(length(head, 1)));
            case LIST -> skip(length(head, 1), depth + 1);
            case MAP -> skip(2 * length(head, 2), depth + 1);
            case TAG -> {
                if (argument(head) != LINK) {
                    throw new FormatException("a tag that DAG-CBOR has not");
                }
                skip(depth + 1);
            }
            default -> simple(head & 0x1f);
        }
    }

    private void skip(long count, int depth) throws FormatException {
        for (long i = 0; i < count; i++) {
            skip(depth);
        }
    }

    /** False, true, null, or a number of 64 bits with a point. */
    private void simple(int kind) throws FormatException {
        if (kind == 27) {
            take(Double.BYTES);
        } else if (kind < 20 || kind > 22) {
            throw new FormatException("a simple value that DAG-CBOR has not");
        }
    }

    private int next() throws FormatException {
        return take(1)[0] & 0xff;
    }

    private int head(int kind) throws FormatException {
        int head = next();
        if (head >>> 5 != kind) {
            throw new FormatException("a CBOR value of kind " + (head >>> 5) + ", not " + kind);
        }
        return head;
    }

    private long argument(int head) throws FormatException {
        int kind = head & 0x1f;
        if (kind < 24) {
            return kind;
        }
        if (kind > 27) {
            throw new FormatException("a CBOR value without a length");
        }
        int size = 1 << (kind - 24);
        long value = 0;
        for (byte b : take(size)) {
            value = value << 8 | b & 0xff;
        }
        long least = size == 1 ? 24 : 1L << (size * 4);
        if (Long.compareUnsigned(value, least) < 0) {
            throw new FormatException("a CBOR number in more bytes than it takes");
        }
        return value;
    }

    /** A count of things that take so many bytes each, at least; checked against what is left. */
    private long length(int head, int least) throws FormatException {
        long length = argument(head);
        if (length < 0 || length > in.remaining() / least) {
            throw new FormatException("a CBOR value is cut off");
        }
        return length;
    }

    private byte[] take(long length) throws FormatException {
        if (length > in.remaining()) {
            throw new FormatException("a CBOR value is cut off");
        }
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        return bytes;
    }

    private static String decode(byte[] bytes) throws FormatException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new FormatException("a text is not UTF-8", e);
        }
    }
}
