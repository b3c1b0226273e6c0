// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.spi;

import java.io.IOException;
import java.util.Optional;

/** Many streams over one link. All methods may be called on any thread and never block. */
public interface MuxedSession {

    /**
     * Opens a stream. Nothing need travel before the first bytes do.
     *
     * @param receiver takes what comes in
     * @throws io.peerwerk.transport.StreamResetException if the session is closed or has too many streams
     */
    MuxedStream open(StreamReceiver receiver) throws IOException;

    /** The streams that are open now, of both directions. */
    int streamCount();

    /** Whether streams can still be opened. */
    boolean isOpen();

    /** Tells the peer goodbye, then closes the channel. */
    void close();

    /** Datagrams beside the streams, where the link has them and both ends want them. */
    default Optional<DatagramLane> datagrams() {
        return Optional.empty();
    }

    /** What streams and datagrams have brought, of a session whose bytes do not pass its channel; -1 of all others. */
    default long bytesIn() {
        return -1;
    }

    /** What streams and datagrams have taken along, like {@link #bytesIn}. */
    default long bytesOut() {
        return -1;
    }
}
