// SPDX-License-Identifier: EPL-2.0
/**
 * Direct connection upgrade through relay: two peers behind address translators, connected through a relay, open a way
 * for each other and drop the relay (libp2p specification {@code relay/DCUtR.md}).
 *
 * <pre>
 *   B, reached through the relay                               A, who dialled through it
 *      dials A's public addresses: if that works, all is done
 *      CONNECT with B's addresses ────────────────────────────▶
 *      ◀──────────────────────────────── CONNECT with A's addresses          round trip r
 *      SYNC ──────────────────────────────────────────────────▶
 *      waits r / 2                                                dials B at once
 *      knocks at A's addresses (TCP: dials; QUIC: datagrams)
 *      ◀═════════════════════════ direct connection, A is its client ══════▶
 * </pre>
 *
 * <p>B tries three times. {@link io.peerwerk.nat.internal.dcutr.Inviter} and {@link
 * io.peerwerk.nat.internal.dcutr.Invited} are the two roles as state machines, without clock or socket; {@link
 * io.peerwerk.nat.internal.dcutr.HolePuncher} carries out what they say. Once the direct connection stands, new streams
 * take it, and the relayed one is closed when its own have ended.
 */
@NullMarked
package io.peerwerk.nat.internal.dcutr;

import org.jspecify.annotations.NullMarked;
