// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * A frame's header.
 *
 * @param flags  a sum of {@link #SYN}, {@link #ACK}, {@link #FIN} and {@link #RST}
 * @param stream the stream's id as an unsigned number, 0 for the session
 * @param length bytes that follow, or what the type makes of it; 0 to 2^32 - 1
 */
public record Frame(Type type, int flags, int stream, long length) {

    /** Bytes of a header. */
    public static final int HEADER = 12;

    static final int SYN = 1;
    static final int ACK = 2;
    static final int FIN = 4;
    static final int RST = 8;

    /** Frame types, in the order of their codes. */
    public enum Type { DATA, WINDOW, PING, GO_AWAY }

    private static final Type[] TYPES = Type.values();

    /**
     * Reads a header.
     *
     * @param first  its first eight bytes
     * @param length its last four bytes
     * @throws YamuxException if the version or the type is unknown
     */
    public static Frame parse(long first, int length) throws YamuxException {
        int version = (int) (first >>> 56);
        int type = (int) (first >>> 48) & 0xff;
        if (version != 0) {
            throw YamuxException.protocol("a frame of version " + version);
        }
        if (type >= TYPES.length) {
            throw YamuxException.protocol("a frame of type " + type);
        }
        return new Frame(TYPES[type], (int) (first >>> 32) & 0xffff, (int) first, Integer.toUnsignedLong(length));
    }

    /** The header's first eight bytes. */
    public long first() {
        return (long) type.ordinal() << 48 | (long) flags << 32 | Integer.toUnsignedLong(stream);
    }

    /** A buffer with the header alone. */
    ByteBuf header(ByteBufAllocator allocator) {
        return write(allocator.heapBuffer(HEADER, HEADER).writerIndex(HEADER), 0);
    }

    /** Writes the header over the bytes at an index. */
    ByteBuf write(ByteBuf to, int at) {
        return to.setLong(at, first()).setInt(at + Long.BYTES, (int) length);
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
