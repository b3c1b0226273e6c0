// SPDX-License-Identifier: EPL-2.0
/**
 * Connections between peers, as everything above sees them: a {@link io.peerwerk.transport.Host} is this peer on the
 * network, a {@link io.peerwerk.transport.Connection} is one encrypted and authenticated link to another peer, a
 * {@link io.peerwerk.transport.Stream} is one ordered, reliable, two-way flow of bytes inside such a link, opened for
 * one named protocol.
 *
 * <pre>
 *   Host ── 1:n ── Connection ── 1:n ── Stream("/ipfs/ping/1.0.0")
 *             secured by Noise or TLS      cheap: thousands a connection
 *             one per remote peer          both ends may half-close or reset
 * </pre>
 *
 * <p>The interface is written for virtual threads: every call that waits blocks, and a handler of incoming streams runs
 * on a virtual thread of its own. No type of a network library shows here; those who <em>add</em> a transport, secure
 * channel or muxer look at {@link io.peerwerk.transport.spi}. On the wire all of it is libp2p.
 *
 * <p>All types are safe for use by several threads, except that a stream's input is meant for one reader at a time and
 * its output for one writer at a time.
 */
@NullMarked
package io.peerwerk.transport;

import org.jspecify.annotations.NullMarked;
