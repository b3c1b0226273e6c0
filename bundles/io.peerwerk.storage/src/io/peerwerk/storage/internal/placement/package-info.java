// SPDX-License-Identifier: EPL-2.0
/**
 * Who holds what. Every peer can compute it from the file's label and the peers it knows (rendezvous hashing, Thaler
 * and Ravishankar 1998): for each chunk the peers are ranked by the hash of (label, chunk, peer); shards go to the peer
 * that has fewest of the chunk, the first in rank among equals, so shard {@code i} of a fresh chunk goes to rank {@code
 * i mod m}. A peer that comes or goes moves only what it has or gets.
 *
 * <p>The label is random and public. It stands in for the manifest's CID, which is known only when the last shard is
 * made. Nothing here knows the network: ranks are a first guess at where to look, and the answer to a question the
 * proof.
 */
@NullMarked
package io.peerwerk.storage.internal.placement;

import org.jspecify.annotations.NullMarked;
