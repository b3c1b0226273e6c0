// SPDX-License-Identifier: EPL-2.0
/**
 * QUIC v1 (RFC 9000, 9001, 9002) as libp2p uses it: a transport whose links are secure and carry streams by their
 * nature, so that they need neither a secure channel nor a muxer. Netty's codec and the quiche inside it do QUIC
 * itself; here is what libp2p adds and what a peer among peers needs.
 *
 * <pre>
 *   UDP socket ── Farewells ── Demultiplexer ─┬─ server codec ── QuicChannel … incoming connections
 *    (Endpoint)                               └─ client codec ── QuicChannel … those dialled from the same port
 *
 *   QuicChannel ── Greeting ── QuicSession ─┬─ QuicStreamChannel ── QuicStream ── the switch's stream
 *                  who is it?               ├─ …
 *                                           └─ QuicDatagrams (RFC 9221)
 * </pre>
 *
 * <ul>
 * <li>The handshake is TLS 1.3 with ALPN "libp2p" and certificates of both ends, made and verified by
 * {@link io.peerwerk.transport.tls.PeerCertificate}. A connection is handed over only when the peer's key is known.
 * <li>One socket serves both directions: others see the port that can be dialled, and hole punching works.
 * <li>Streams of both ends are bidirectional; unidirectional ones are not allowed. Flow control reaches from
 * application to application: the window of a stream opens as its bytes are read, and widens as far as the host gives
 * memory.
 * <li>A caller costs nothing but a handshake under way, of which there is a bounded number; above a few dozen, callers
 * must first show with a token (Retry) that they get mail at their address.
 * <li>The packet that closes a connection is kept for a while and answers a peer that has missed it, so that a packet
 * lost costs that peer a round trip and not its idle timeout.
 * </ul>
 *
 * <p>Everything about a connection happens on the event loop of its socket.
 */
@NullMarked
package io.peerwerk.transport.quic.internal;

import org.jspecify.annotations.NullMarked;
