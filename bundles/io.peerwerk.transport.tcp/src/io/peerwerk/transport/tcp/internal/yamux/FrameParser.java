// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.yamux;

import org.jspecify.annotations.Nullable;

import io.netty.buffer.ByteBuf;

/** Cuts headers out of a flow of bytes; a header may come in pieces. */
final class FrameParser {

    private long first;
    private long rest;
    private int have;

    /** The next header; null if more bytes are needed, after all that were there have been taken. */
    @Nullable Frame next(ByteBuf in) throws YamuxException {
        if (have == 0 && in.readableBytes() >= Frame.HEADER) {
            return Frame.parse(in.readLong(), in.readInt());
        }
        while (in.isReadable()) {
            int b = in.readUnsignedByte();
            if (have++ < Long.BYTES) {
                first = first << 8 | b;
            } else {
                rest = rest << 8 | b;
            }
            if (have == Frame.HEADER) {
                have = 0;
                Frame frame = Frame.parse(first, (int) rest);
                first = 0;
                rest = 0;
                return frame;
            }
        }
        return null;
    }
}
