// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import java.time.Duration;

/** The sizes and times of QUIC here. Windows are what the peer may send before somebody has read it. */
final class QuicLimits {

    /** The version of TLS's application protocol that libp2p speaks over QUIC. */
    static final String ALPN = "libp2p";

    /** A connection on which nothing is heard for so long is over. */
    static final Duration IDLE = Duration.ofSeconds(30);

    /**
     * How often a connection looks whether it is quiet; one that was so twice says something. That leaves a third of
     * {@link #IDLE} for a packet that is lost: QUIC asks again until it is acknowledged.
     */
    static final Duration TURN = Duration.ofSeconds(7);
    static final int QUIET_TURNS = 2;

    /** The longest that a handshake may take, of either direction. */
    static final Duration HANDSHAKE = Duration.ofSeconds(10);

    /** Handshakes under way at one socket; when there are more, the oldest gives way. Each costs some 50 KiB. */
    static final int MAX_HANDSHAKES = 256;

    /** Handshakes under way from which on a caller must first show where it is (Retry, RFC 9000, 8.1.2). */
    static final int RETRY_FROM = 32;

    /** Streams a peer may have open; the resource manager of the host may allow fewer. */
    static final int MAX_INCOMING = 512;

    /** Streams this end may have open or waiting for the peer's leave to open. */
    static final int MAX_OUTGOING = 1000;

    /** A stream's window at first. It grows while its reader keeps up and the host gives memory. */
    static final int STREAM_WINDOW = 512 * 1024;

    /** What quiche lets it grow to. */
    static final int MAX_STREAM_WINDOW = 16 * 1024 * 1024;

    /**
     * The window of all streams of a connection together at first; grows to 24 MiB (quiche's bound). Eight streams that
     * nobody reads leave the others room; it bounds what a peer makes this end hold before anything is read.
     */
    static final int CONNECTION_WINDOW = 4 * 1024 * 1024;

    /** Bytes of a stream that may lie with the application unread; what comes on top stays in the window. */
    static final int UNREAD = 256 * 1024;

    /** Bytes that are read before the event loop hears of it. */
    static final int CONSUMED_STEP = UNREAD / 4;

    /** Bytes that a peer may still send to a stream whose reader is gone. */
    static final int IGNORED = 1024 * 1024;

    /** How long a stream whose reader is gone may stay open, in {@link #TURN}s. */
    static final int IGNORED_TURNS = 9;

    /** How long the end of a stream waits for room at most. */
    static final Duration MAX_END_WAIT = Duration.ofSeconds(2);

    /** Streams that were reset and that Netty does not forget, where it does not; some 1.5 KiB each. */
    static final int MAX_REMEMBERED = 2000;

    /**
     * Bytes of UDP payload at most: what fits an Ethernet frame over IPv6. Packets start with 1,200 bytes and grow as
     * probes of the path show that they may (RFC 9000, 14.3).
     */
    static final int MAX_PAYLOAD = 1452;

    /** Datagrams of RFC 9221 that wait, in each direction. */
    static final int MAX_DATAGRAMS = 128;

    /** Closed connections whose last packet is kept for a peer that has missed it; some 200 bytes each. */
    static final int MAX_FAREWELLS = 256;

    /**
     * Bytes of connection ids, ours and those we choose for dialling: the fewest that RFC 9000, 7.2 lets a dialler choose.
     * Each packet carries one.
     */
    static final int ID_BYTES = 8;

    private QuicLimits() {
    }
}
