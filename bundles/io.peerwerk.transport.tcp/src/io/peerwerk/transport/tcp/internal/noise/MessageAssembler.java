// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.noise;

import org.jspecify.annotations.Nullable;

import io.netty.buffer.ByteBuf;
import io.peerwerk.core.wire.FormatException;

/**
 * Puts messages together that have two bytes of length in front. Each gets an array of its own, which starts at offset
 * zero: there the JDK's cipher works without a copy, and the array can be passed on as it is.
 */
final class MessageAssembler {

    private final MessagePool pool;
    private int maxLength;
    private int lengthHigh = -1;
    private byte @Nullable [] message;
    private int length;
    private int have;

    /** @param maxLength the longest message that is taken */
    MessageAssembler(int maxLength, MessagePool pool) {
        this.maxLength = maxLength;
        this.pool = pool;
    }

    /** Takes longer or shorter messages from the next one on. */
    void limit(int most) {
        maxLength = most;
    }

    /** The length of the message that was given last; its array may be longer. */
    int length() {
        return length;
    }

    /** Takes bytes; gives a message when one is whole, null when more bytes are needed. */
    byte @Nullable [] next(ByteBuf in) throws FormatException {
        while (message == null) {
            if (!in.isReadable()) {
                return null;
            }
            int b = in.readUnsignedByte();
            if (lengthHigh < 0) {
                lengthHigh = b;
            } else {
                begin(lengthHigh << 8 | b);
                lengthHigh = -1;
            }
        }
        int count = Math.min(length - have, in.readableBytes());
        in.readBytes(message, have, count);
        have += count;
        if (have < length) {
            return null;
        }
        byte[] whole = message;
        message = null;
        return whole;
    }

    private void begin(int announced) throws FormatException {
        if (announced > maxLength) {
            throw new FormatException("a message of " + announced + " bytes where " + maxLength + " are allowed");
        }
        message = pool.take(announced);
        length = announced;
        have = 0;
    }
}
