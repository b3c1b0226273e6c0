// SPDX-License-Identifier: EPL-2.0
/**
 * AutoNAT: peers dial each other back on request, so that each learns which of its addresses others can reach. Both
 * versions of the protocol, both ends of each.
 *
 * <pre>
 *   version 1   /libp2p/autonat/1.0.0                         one word for the peer as a whole; not proved
 *      A ── Dial(addresses) ─────────────────────────▶ B
 *                       B dials them, only at A's IP
 *      A ◀── DialResponse(status, the one that worked) ── B
 *
 *   version 2   /libp2p/autonat/2/dial-request                one address, and proof
 *      A ── DialRequest(addresses by priority, nonce) ─▶ B
 *      A ◀── DialDataRequest(30 to 100 kB) ───────────── B   only if the address is not at A's IP
 *      A ── DialDataResponse(4 kB) × n ────────────────▶ B
 *                       B dials exactly one, from a port of its own:
 *      A ◀═══ /libp2p/autonat/2/dial-back: DialBack(nonce) ═══ B
 *      A ══════════════════════ DialBackResponse ═════════════▶ B
 *      A ◀── DialResponse(which address, what came of it) ── B
 *
 *   every message has its length in front, an unsigned varint
 * </pre>
 *
 * <p>A peer that dials wherever it is told is a weapon: against third parties (they are flooded from many sides), and
 * against its own network (what listens on its loopback or in its home was never meant to be dialled from outside). So
 * the serving end dials public IP addresses only, never names, never over relays; version 1 only at the IP address that
 * the request came from; version 2 elsewhere only after it was sent more bytes than the dial costs the other; and all of
 * it at a bounded rate.
 *
 * <p>A serving peer can also lie. A version 2 success is proved by the nonce, which has to come in on another connection
 * than the one it was sent over; a failure cannot be proved, nor can anything in version 1. So nothing counts until
 * several peers on different networks agree ({@link io.peerwerk.nat.internal.autonat.Votes}).
 *
 * <p>The decisions are pure: {@link io.peerwerk.nat.internal.autonat.ReachabilityModel} says whom to ask when, {@link
 * io.peerwerk.nat.internal.autonat.DialPolicy} what may be dialled, {@link io.peerwerk.nat.internal.autonat.DialLimits}
 * how often. The threads and streams are in the clients, the servers and {@link
 * io.peerwerk.nat.internal.autonat.Prober}.
 *
 * @see <a href="https://github.com/libp2p/specs/tree/master/autonat">libp2p: AutoNAT</a>
 */
@NullMarked
package io.peerwerk.nat.internal.autonat;

import org.jspecify.annotations.NullMarked;
