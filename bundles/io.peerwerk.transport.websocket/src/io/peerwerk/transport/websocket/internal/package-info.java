// SPDX-License-Identifier: EPL-2.0
/**
 * WebSocket: the way to peers behind web servers and in browsers. A TCP connection, perhaps with TLS as web servers have
 * it (which proves a host name and no peer), is upgraded by one HTTP request; from then on bytes travel in binary
 * messages whose bounds mean nothing.
 *
 * <pre>
 *   /ip4/192.0.2.7/tcp/80/ws                        TCP ─ HTTP upgrade ─ frames
 *   /ip4/192.0.2.7/tcp/443/tls/sni/example.org/ws   TCP ─ TLS ─ HTTP upgrade ─ frames
 *
 *   ▲ bytes                         ▲ the switch: multistream, Noise, yamux
 *   │  FrameHandler                 │ binary frames ⇄ bytes; ping, close; bounds
 *   │  wsencoder, wsdecoder         │ Netty (RFC 6455): masks, lengths
 *   │  (ClientUpgrade|ServerUpgrade, HTTP codec)      gone after the upgrade
 *   │  (TLS)
 *   │  socket
 * </pre>
 *
 * An accepted link is handed over before the upgrade, so that the switch's limits of time and number hold from the first
 * byte; what the switch writes waits in the {@code FrameHandler}. No extension is ever agreed on, compression least of
 * all.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/websockets/README.md">libp2p WebSockets</a>
 */
@NullMarked
package io.peerwerk.transport.websocket.internal;

import org.jspecify.annotations.NullMarked;
