// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.spi;

import io.netty.buffer.ByteBuf;

/**
 * One raw stream of a session: bytes with flow control, no protocol yet. All methods may be called on any thread and
 * never block; calls of one thread take effect in their order. After the end of the stream they do nothing.
 */
public interface MuxedStream {

    /**
     * Bytes that the muxer would write in front of what is sent, had the buffer room for them before its reader index;
     * that saves a buffer for each header. Only a wish.
     */
    default int headroom() {
        return 0;
    }

    /**
     * Sends bytes as soon as the peer's window allows. Takes over the buffer, whatever happens.
     *
     * <p>The muxer keeps what cannot be sent yet: it is the caller who bounds that, by what
     * {@link StreamReceiver#sent} has reported.
     */
    void write(ByteBuf data);

    /** Ends the output after what was written before. */
    void finish();

    /** Gives up the stream in both directions at once. */
    void reset();

    /**
     * Bytes that came in have been used: the peer may send as many more. The calls are cheap; the muxer gathers them.
     */
    void consumed(int bytes);

    /** Nobody reads any more: what comes in is dropped, and the stream is reset if it does not end soon. */
    void ignoreInput();
}
