// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.durability;

import io.peerwerk.storage.PutOptions;

/**
 * The loss of a group when so many of all peers vanish in one instant, each set of peers as likely as another: the
 * hypergeometric distribution, whose limit for many peers is the binomial one.
 *
 * @param peers all peers there are
 * @param vanished how many of them vanish
 */
public record Vanishing(int peers, int vanished) {

    /** A part of the peers, rounded up, but not for the error of a product: a tenth of thirty are three. */
    public static Vanishing part(int peers, double part) {
        return new Vanishing(peers, (int) Math.min(peers, Math.ceil(peers * part - 1e-6)));
    }

    /** The loss of a group that has all its shards, spread as evenly as the peers allow. */
    public double loss(PutOptions shards) {
        return loss(shards, Math.min(peers, shards.totalShards()));
    }

    /** The loss of a group of so many holders, where of those with most shards some have left already. */
    private double loss(PutOptions shards, int live) {
        int holders = Math.min(peers, shards.totalShards());
        // Every holder has this many shards, and some have one more.
        int each = shards.totalShards() / holders;
        int more = Math.max(0, shards.totalShards() % holders - (holders - live));
        int remaining = peers - vanished;
        if (more == 0) {
            return Tails.hypergeometricBelow(Math.ceilDiv(shards.dataShards(), each), live, peers, remaining);
        }
        double loss = 0;
        for (int left = Math.max(0, live - vanished); left <= Math.min(live, remaining); left++) {
            loss += Tails.hypergeometric(left, live, peers, remaining)
                    * Tails.hypergeometricBelow(shards.dataShards() - left * each, more, live, left);
        }
        return Math.min(1, loss);
    }

    /**
     * The loss of a group at a moment of its life that is not chosen: shards are lost one after the other until the
     * threshold is reached, and it is with fewer the longer, the rate of losses falling with what is left. The short
     * time of a repair itself is left out. Where peers hold several shards, those with most are taken to go first.
     */
    public double lossInLife(PutOptions shards) {
        Group group = Group.of(shards, peers);
        double loss = 0;
        double time = 0;
        for (int live = group.threshold(); live <= group.total(); live++) {
            double stay = 1.0 / live;
            time += stay;
            loss += stay * loss(shards, live);
        }
        return loss / time;
    }

    /** The limit for a network without bound: every shard vanishes by itself. */
    public static double limit(PutOptions shards, double part) {
        if (!(part > 0)) {
            return 0;
        }
        return part >= 1 ? 1 : Tails.binomialBelow(shards.dataShards(), shards.totalShards(), 1 - part);
    }
}
