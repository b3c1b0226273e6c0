// SPDX-License-Identifier: EPL-2.0
/**
 * Who holds what. Every peer can compute it from public names and the peers it knows, by rendezvous hashing (Thaler and
 * Ravishankar 1998).
 *
 * <p>A chunk belongs to one of 256 groups, by the first byte of the digest of its first shard. For a group the peers are
 * ranked by the hash of (group, peer); shards go to the peer that has fewest of the chunk, the first in rank among
 * equals, so shard {@code i} of a fresh chunk goes to rank {@code i mod m}. A peer that comes or goes moves only what it
 * has or gets. Since the group follows from the sealed bytes, equal chunks go to the same peers, whichever file they are
 * part of, and are there only once.
 *
 * <p>There are no more than 256 sets of holders, however many chunks. Were each chunk's set a random one, then in a large
 * store nearly every loss of n - k + 1 peers at once would hit some chunk; with few sets few losses hit, and then more
 * chunks (Cidon, Rumble, Stutsman, Katti, Ousterhout and Rosenblum, "Copysets", USENIX ATC 2013). The price is that load
 * is less even where there are many more peers than shards: with m of them each is in 256 n / m sets, give or take the
 * root of that.
 *
 * <p>Nothing here knows the network: ranks are a first guess at where to look, and the answer to a question the proof.
 */
@NullMarked
package io.peerwerk.storage.internal.placement;

import org.jspecify.annotations.NullMarked;
