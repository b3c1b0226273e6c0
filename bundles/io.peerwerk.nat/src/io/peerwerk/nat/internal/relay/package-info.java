// SPDX-License-Identifier: EPL-2.0
/**
 * Circuit relay v2: peers that cannot be reached are reached through one that can (libp2p specification
 * {@code relay/circuit-v2.md}). Every peer is both ends and the middle of it, within its settings.
 *
 * <pre>
 *   A, behind a translator                R, the relay                        B
 *      hop: RESERVE ─────────────────────▶
 *      ◀────── STATUS OK, expiry, voucher
 *                                         ◀───────────── hop: CONNECT to A
 *      ◀─────────── stop: CONNECT from B
 *      STATUS OK ────────────────────────▶
 *                                         STATUS OK ────────────────────▶
 *      ◀══════ bytes of the stop stream ═╪═ bytes of the hop stream ════▶   Noise or TLS, then yamux, end to end
 * </pre>
 *
 * <p>Messages are protobuf behind their length, {@value io.peerwerk.nat.internal.relay.HopMessage#MAX_LENGTH} bytes at
 * most. {@link io.peerwerk.nat.internal.relay.RelayTable} decides who may have what and knows no socket;
 * {@link io.peerwerk.nat.internal.relay.RelayServer} is its runtime. For those who use relays,
 * {@link io.peerwerk.nat.internal.relay.RelayTransport} is a transport like any other: a stream through the relay
 * becomes a Netty channel that the switch secures as if it were a socket, so the relay sees only ciphertext.
 *
 * <p>No chains: a relay serves only peers that it is connected with directly, and a relayed address through a second
 * relay is not dialled.
 */
@NullMarked
package io.peerwerk.nat.internal.relay;

import org.jspecify.annotations.NullMarked;
