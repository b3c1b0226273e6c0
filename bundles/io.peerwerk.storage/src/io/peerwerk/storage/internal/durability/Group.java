// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.durability;

import io.peerwerk.storage.PutOptions;

/**
 * The holders of a chunk's shards, at full strength: one shard each, or, where there are fewer peers than shards, several
 * each, of which some have one more.
 *
 * @param needed shards that are enough
 * @param threshold with fewer shards the group is repaired
 * @param each shards of a light holder; a heavy one has one more
 * @param light how many light holders there are
 * @param heavy how many heavy ones
 */
record Group(int needed, int threshold, int each, int light, int heavy) {

    static Group of(PutOptions shards, int peers) {
        int n = shards.totalShards();
        int holders = Math.min(peers, n);
        int heavy = n % holders;
        return new Group(shards.dataShards(), shards.threshold(), n / holders, holders - heavy, heavy);
    }

    int holders() {
        return light + heavy;
    }

    private int shards(int heavyLive, int lightLive) {
        return heavyLive * (each + 1) + lightLive * each;
    }

    /** Whether it is lost with so many holders left. */
    boolean isLost(int heavyLive, int lightLive) {
        return shards(heavyLive, lightLive) < needed;
    }

    /** Whether no repair is due with so many holders left. */
    boolean isStrong(int heavyLive, int lightLive) {
        return shards(heavyLive, lightLive) >= threshold;
    }

    /**
     * How likely each state, by heavy and light holders left, is come through while the group is strong, or is the first
     * one after: each holder that is left is as likely as another to be the next one to go.
     */
    double[][] visits() {
        double[][] visits = new double[heavy + 1][light + 1];
        visits[heavy][light] = 1;
        for (int x = heavy; x >= 0; x--) {
            for (int y = light; y >= 0; y--) {
                if (visits[x][y] > 0 && isStrong(x, y)) {
                    if (x > 0) {
                        visits[x - 1][y] += visits[x][y] * x / (x + y);
                    }
                    if (y > 0) {
                        visits[x][y - 1] += visits[x][y] * y / (x + y);
                    }
                }
            }
        }
        return visits;
    }
}
