// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.multistream;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.multiformats.Varint;
import io.peerwerk.core.wire.FormatException;

/** The lines of the negotiation and their encoding. */
public final class Line {

    /** First line of both ends. */
    public static final String HEADER = "/multistream/1.0.0";

    /** "Not available": the answer to a proposal that is not spoken. */
    public static final String NOT_AVAILABLE = "na";

    /** Bytes of the longest line, its newline included: what the other implementations take. */
    public static final int MAX_LENGTH = 1024;

    /** A length up to {@link #MAX_LENGTH} has at most this many bytes. */
    private static final int MAX_LENGTH_BYTES = 2;

    private Line() {
    }

    /** Encodes lines, one after the other. */
    public static byte[] encode(String... lines) {
        var out = new ByteArrayOutputStream();
        for (String line : lines) {
            byte[] text = (line + '\n').getBytes(StandardCharsets.UTF_8);
            if (text.length > MAX_LENGTH) {
                throw new IllegalArgumentException("a protocol's name of " + text.length + " bytes");
            }
            out.writeBytes(Varint.encode(text.length));
            out.writeBytes(text);
        }
        return out.toByteArray();
    }

    /**
     * Reads a line if the buffer holds a whole one; the buffer's position moves only then.
     *
     * @return the line without its newline, null if more bytes are needed
     * @throws FormatException if the bytes cannot become a line
     */
    public static @Nullable String read(ByteBuffer in) throws FormatException {
        int at = in.position();
        int length = 0;
        for (int i = 0; i < MAX_LENGTH_BYTES; i++) {
            if (at == in.limit()) {
                return null;
            }
            byte b = in.get(at++);
            length |= (b & 0x7f) << (7 * i);
            if (b >= 0) {
                checkLength(length);
                return at + length > in.limit() ? null : text(in, at, length);
            }
        }
        throw new FormatException("a negotiation line longer than " + MAX_LENGTH + " bytes");
    }

    /** Reads a line and not a byte more; blocks. */
    public static String read(InputStream in) throws IOException {
        byte[] bytes = new byte[MAX_LENGTH_BYTES + MAX_LENGTH];
        for (int have = 0; have < bytes.length; have++) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("the peer ended the stream while the protocol was negotiated");
            }
            bytes[have] = (byte) b;
            String line = read(ByteBuffer.wrap(bytes, 0, have + 1));
            if (line != null) {
                return line;
            }
        }
        throw new FormatException("a negotiation line longer than " + MAX_LENGTH + " bytes");
    }

    /** A line as a log may show it: printable, and short. */
    static String forPeople(String line) {
        String cut = line.length() > 60 ? line.substring(0, 60) + "…" : line;
        return cut.replaceAll("[^\\x20-\\x7e…]", "?");
    }

    private static void checkLength(int length) throws FormatException {
        if (length > MAX_LENGTH) {
            throw new FormatException("a negotiation line of " + length + " bytes");
        }
        if (length == 0) {
            throw new FormatException("an empty negotiation line");
        }
    }

    private static String text(ByteBuffer in, int at, int length) throws FormatException {
        if (in.get(at + length - 1) != '\n') {
            throw new FormatException("a negotiation line without a newline");
        }
        byte[] text = new byte[length - 1];
        in.get(at, text);
        in.position(at + length);
        return new String(text, StandardCharsets.UTF_8);
    }
}
