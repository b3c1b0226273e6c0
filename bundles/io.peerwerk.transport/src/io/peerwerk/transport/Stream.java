// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * An ordered, reliable, two-way flow of bytes with one peer for one protocol. Each direction has its own end: a writer
 * closes its output (half-close) and can still read.
 *
 * <p>Flow control reaches from application to application: bytes that nobody reads here sooner or later stop the peer's
 * writer, and never fill this peer's memory.
 */
public interface Stream extends AutoCloseable {

    /** The connection that the stream belongs to. */
    Connection connection();

    /** The name of the protocol that the two peers agreed on (or, until the first read, that was proposed). */
    String protocol();

    /**
     * The bytes the peer sends. Reads block; {@code -1} after the peer has closed its output and all was read.
     *
     * <p>Reads throw {@link StreamResetException} once the stream was reset or its connection lost,
     * {@link java.net.SocketTimeoutException} when the {@linkplain #timeout time limit} passes, and
     * {@link UnsupportedProtocolException} when the peer turns out not to speak the protocol.
     */
    InputStream input();

    /**
     * The bytes to the peer. Writes gather in a buffer; it is sent when it is full, on {@code flush()} and on
     * {@code close()}, which also tells the peer that no more will come. Writes block while the peer's window is full
     * and throw {@link StreamResetException} or {@link java.net.SocketTimeoutException} like reads do.
     */
    OutputStream output();

    /** Sets the longest wait of each blocking read and write from now on; zero means without end, the default. */
    void timeout(Duration limit);

    /** Gives up at once: what is unsent is dropped, the peer's reads and writes fail. Never blocks. */
    void reset();

    /** Sends what is buffered, closes the output and drops all input that comes from now on. */
    @Override
    void close();
}
