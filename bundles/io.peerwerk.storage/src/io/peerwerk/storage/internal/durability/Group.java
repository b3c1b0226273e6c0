// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.durability;

import io.peerwerk.storage.PutOptions;

/**
 * The holders of a chunk's shards, counted as those who come and go together: a holder each, or, where there are fewer
 * peers than shards, peers with several shards each.
 *
 * @param needed so many holders are enough, whichever they are
 * @param threshold with fewer holders than so many the group is repaired, whichever they are
 * @param total how many there are after a repair
 */
record Group(int needed, int threshold, int total) {

    /**
     * With fewer peers than shards, some have one shard more than others. The group is judged a little weaker than it is:
     * for what is needed the fullest are missing, and for the begin of a repair they are there.
     */
    static Group of(PutOptions shards, int peers) {
        int n = shards.totalShards();
        if (peers >= n) {
            return new Group(shards.dataShards(), shards.threshold(), n);
        }
        int needed = peers - shards.survivable(peers);
        int threshold = needed;
        while (threshold < peers && threshold * (n / peers) + Math.min(threshold, n % peers) < shards.threshold()) {
            threshold++;
        }
        return new Group(needed, threshold, peers);
    }
}
