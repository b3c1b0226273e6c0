// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;

/** One encrypted link with one peer whose identity has been proved. It carries streams of both directions. */
public interface Connection {

    /** The peer at the other end, as its key proves. */
    PeerId peer();

    /** The key by which the peer proved to be who it is. */
    PublicKey key();

    /** Where the peer is, seen from here; without {@code /p2p}. */
    Multiaddr remoteAddress();

    /** This end's own address on the link; without {@code /p2p}. */
    Multiaddr localAddress();

    /**
     * Whether the bytes pass through a third peer, which sees how many there are but not what they say. A relay cuts
     * such a connection after minutes or some hundred KiB: good for a few words, not for bulk data.
     */
    default boolean relayed() {
        return remoteAddress().has(Protocol.P2P_CIRCUIT);
    }

    /** Whether this peer dialled. */
    boolean initiator();

    /** The protocol that secures the link, such as {@code /noise}. */
    String security();

    /** The protocol that carries the streams, such as {@code /yamux/1.0.0}. */
    String muxer();

    /** When the link was ready for its first stream. */
    Instant openedAt();

    /**
     * What the peer has said about itself last: when it was asked, which happens on its own when a connection is new,
     * or unasked because something has changed. Empty until it has said something.
     */
    default Optional<Identification> identification() {
        return Optional.empty();
    }

    /**
     * Opens a stream. The proposal of the protocol travels with the first bytes written (or with the first read), which
     * saves a round trip: a peer that does not speak the protocol is noticed at the first read. Only if the peer has
     * {@linkplain #identification() said} what it speaks and this was not among it, the call waits for its answer: it
     * may have learned the protocol since.
     *
     * @throws UnsupportedProtocolException if the peer said that it does not speak the protocol, and says so again
     * @throws StreamResetException if the connection is closed or has too many streams
     */
    Stream open(String protocol) throws IOException;

    /** The streams that are open now, of both directions. */
    int streamCount();

    /** Whether streams can still be opened. */
    boolean isOpen();

    /**
     * Tells the peer goodbye and closes the link; its streams are reset. Never blocks; does nothing the second time.
     */
    void close();

    /** Messages that may be lost, where the link can carry them and both peers want them: over QUIC. */
    default Optional<Datagrams> datagrams() {
        return Optional.empty();
    }

    /** Bytes received on the link so far, encryption and framing included (over QUIC: without). */
    long bytesIn();

    /** Bytes sent on the link so far, encryption and framing included (over QUIC: without). */
    long bytesOut();
}
