// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.spi;

import io.netty.buffer.ByteBuf;

/** Takes what comes in on a raw stream. Called on the channel's event loop; must not block. */
public interface StreamReceiver {

    /**
     * Bytes, at least one. The receiver owns the buffer, and tells {@link MuxedStream#consumed} when it has used them.
     * Whoever reads may sleep on until {@link #dataComplete()}.
     */
    void data(ByteBuf bytes);

    /** No more bytes come for the moment. Called some time soon after each {@link #data}: one wake-up for many pieces. */
    default void dataComplete() {
        // a receiver that looks at each piece has nothing to do
    }

    /** The peer has ended its output. Comes at most once. */
    void finished();

    /** The stream is gone: reset by the peer, or its session was lost. Comes at most once, and is the last call. */
    void reset(String why);

    /**
     * Asks for memory so that the peer may send so many bytes more ahead of the reader than before. What was given
     * comes back by itself when the stream is over.
     *
     * @return whether the memory is there; if not, the window stays as it is, which is never an error
     */
    default boolean grow(int bytes) {
        return false;
    }

    /** So many bytes of what was written are on their way. */
    void sent(int bytes);
}
