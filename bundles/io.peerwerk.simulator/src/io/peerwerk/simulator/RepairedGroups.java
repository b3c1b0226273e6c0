// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator;

/**
 * Groups of holders of shards, each of which is repaired when it has become weak. Times are in seconds.
 *
 * @param needed so many shards keep a group alive
 * @param threshold with fewer shards a repair begins, if none is under way; from needed to total
 * @param total shards of a group at full strength
 * @param holders peers that share them evenly, at most one a shard
 * @param lifetime of a holder, from when it gets its shards until it leaves for good
 * @param repair time from weak to full strength; peers that leave meanwhile are replaced, too
 */
public record RepairedGroups(int needed, int threshold, int total, int holders, Distribution lifetime,
        Distribution repair) {

    public RepairedGroups {
        if (needed < 1 || threshold < needed || total < threshold || holders < 1 || holders > total) {
            throw new IllegalArgumentException(needed + " of " + total + " shards on " + holders
                    + " holders, repaired below " + threshold);
        }
    }
}
