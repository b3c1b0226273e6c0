// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import io.peerwerk.core.multiformats.Varint;
import org.jspecify.annotations.Nullable;

/**
 * Messages on a byte stream, each behind its length.
 *
 * <pre>
 *   +------------------------------+---------------------+
 *   | length: unsigned varint, 1-9 | message             |
 *   +------------------------------+---------------------+
 * </pre>
 *
 * <p>Reading takes memory as bytes arrive, not as the length promises. Methods block as their stream does.
 */
public final class Frames {

    private Frames() {
    }

    /**
     * The next message.
     *
     * @param maxLength the longest message to accept, in bytes
     * @throws FormatException if the length is malformed or above the limit
     * @throws EOFException if the stream is at its end, or ends within the frame
     */
    public static byte[] read(InputStream in, int maxLength) throws IOException {
        byte[] message = readOrEnd(in, maxLength);
        if (message == null) {
            throw new EOFException("the stream ended where a message was expected");
        }
        return message;
    }

    /**
     * The next message, or null if the stream ends cleanly before it.
     *
     * @param maxLength the longest message to accept, in bytes
     * @throws FormatException if the length is malformed or above the limit
     * @throws EOFException if the stream ends within the frame
     */
    public static byte @Nullable [] readOrEnd(InputStream in, int maxLength) throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        long length = Varint.read(first, in);
        if (length > maxLength) {
            throw new FormatException("a message of " + length + " bytes is longer than " + maxLength);
        }
        byte[] message = in.readNBytes((int) length);
        if (message.length < length) {
            throw new EOFException("the stream ended after " + message.length + " of " + length + " bytes");
        }
        return message;
    }

    /** Writes one message behind its length. Does not flush, so that several messages can share a packet. */
    public static void write(OutputStream out, byte[] message) throws IOException {
        out.write(Varint.encode(message.length));
        out.write(message);
    }
}
