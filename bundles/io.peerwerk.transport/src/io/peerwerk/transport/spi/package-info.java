// SPDX-License-Identifier: EPL-2.0
/**
 * What a bundle implements to add a way of reaching peers. Three services, found by Declarative Services, plug into the
 * switch; whichever are there are used, and a running host goes on when one comes or goes:
 *
 * <pre>
 *   Transport      dials and listens; gives raw links              TCP, Unix sockets, WebSocket …
 *   SecureChannel  encrypts a raw link and proves who is there     Noise, TLS
 *   Muxer          carries many streams over one secured link      yamux
 *
 *   dial ─▶ Link.Raw ─▶ multistream: security ─▶ SecureChannel ─▶ multistream: muxer ─▶ Muxer ─▶ MuxedSession
 *   dial ─▶ Link.Ready ──────────────────── QUIC and the like bring both ────────────────────▶ MuxedSession
 * </pre>
 *
 * <p>This package builds on Netty, unlike the API above it, and that is on purpose: a link is a Netty channel, a secure
 * channel is a pair of handlers in its pipeline, bytes travel as {@code ByteBuf}. A byte pipe of our own between the
 * three would cost a copy and a thread hop a layer and would have to invent again what a pipeline does (write
 * coalescing, writability, buffer pooling). Who only uses connections never sees it.
 *
 * <p>Thread rules: everything that concerns one link happens on its channel's event loop, which must never block;
 * where a method may be called on any thread, it says so.
 */
@NullMarked
package io.peerwerk.transport.spi;

import org.jspecify.annotations.NullMarked;
