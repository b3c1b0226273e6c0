// SPDX-License-Identifier: EPL-2.0
/**
 * What peers can make this host spend: memory, streams, connections, file descriptors. The model is the one of libp2p's
 * network resource manager. Each thing that is held is a lease; a lease counts in several scopes at once, and is given
 * only if every one of them has room:
 *
 * <pre>
 *   system ─┬─ transient          a link until it is secure and the peer known, a stream until its protocol is
 *                               agreed on
 *           ├─ protocol ── peer's protocol ──┐
 *           └─ peer ────── connection ───────┴── stream
 * </pre>
 *
 * <p>Invariants: what a scope counts never exceeds its limit, not even for a moment. A reservation is made in all
 * scopes of a lease or in none. Closing a lease gives back what it holds, once, in all of them. A lease that moves
 * (from the transient scope to a peer's) is counted in the new scopes before it leaves the old ones.
 *
 * <p>Memory is given by {@linkplain io.peerwerk.transport.internal.limits.Priority priority}: what only makes things
 * faster is refused first, what is needed to go on last. No I/O, no clock, no thread; every class is safe for use by
 * any thread.
 */
@NullMarked
package io.peerwerk.transport.internal.limits;

import org.jspecify.annotations.NullMarked;
