// SPDX-License-Identifier: EPL-2.0
/**
 * Bitswap: peers tell each other which blocks they want, and send those they have.
 *
 * <pre>
 *   the one who wants                                        the one who has
 *   WANT-HAVE cid, send-dont-have ────────────────────────▶  ledger of this peer
 *                                 ◀──────────────── HAVE cid | DONT_HAVE cid | the block itself, if it is small
 *   WANT-BLOCK cid                ────────────────────────▶
 *                                 ◀──────────────── block: prefix of its CID, bytes
 *   CANCEL cid (to the others)    ────────────────────────▶
 *
 *   stream    | length: varint | message | length | message ...      one way; answers come on a stream of the other peer
 *   message   1 wantlist { 1 entry*, 2 full }   3 payload { 1 prefix, 2 data }*   4 presence { 1 cid, 2 dont }*
 *             2 block of version 1.0.0*         5 bytes that wait to be sent
 *   entry     1 cid   2 priority   3 cancel   4 kind: 0 block, 1 have   5 send-dont-have
 * </pre>
 *
 * <p>There are no requests and answers that belong together: each side keeps what the other wants, until it was given,
 * taken back, or the peer has gone. {@link io.peerwerk.storage.internal.bitswap.Server} is the side that has blocks,
 * {@link io.peerwerk.storage.internal.bitswap.Session} the one that wants them; both are state machines without threads,
 * streams and clocks, and {@code runtime} puts them on a host.
 *
 * <p>Invariants: a block is named by the hash that was computed over its bytes, never by what a peer says; what is kept
 * of a peer is bounded in number and ends with its connection, but for its account; every list is counted while it is
 * read.
 *
 * @see <a href="https://specs.ipfs.tech/bitswap-protocol/">Bitswap</a>
 */
@NullMarked
package io.peerwerk.storage.internal.bitswap;

import org.jspecify.annotations.NullMarked;
