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
        Group group = Group.of(shards, peers);
        return loss(group, group.heavy(), group.light());
    }

    /** The loss of a group of which so many holders are left, and other peers have taken the place of those that are not. */
    private double loss(Group group, int heavyLive, int lightLive) {
        int remaining = peers - vanished;
        double loss = 0;
        for (int x = Math.max(0, heavyLive - vanished); x <= Math.min(heavyLive, remaining); x++) {
            int few = Math.ceilDiv(group.needed() - x * (group.each() + 1), group.each());
            loss += Tails.hypergeometric(x, heavyLive, peers, remaining)
                    * Tails.hypergeometricBelow(few, lightLive, peers - heavyLive, remaining - x);
        }
        return Math.min(1, loss);
    }

    /**
     * The loss of a group at a moment of its life that is not chosen: shards are lost one after the other until the
     * threshold is reached, and it is with fewer the longer, the rate of losses falling with what is left. The short
     * time of a repair itself is left out.
     */
    public double lossInLife(PutOptions shards) {
        Group group = Group.of(shards, peers);
        double[][] visits = group.visits();
        double loss = 0;
        double time = 0;
        for (int x = 0; x <= group.heavy(); x++) {
            for (int y = 0; y <= group.light(); y++) {
                if (visits[x][y] > 0 && group.isStrong(x, y)) {
                    double stay = visits[x][y] / (x + y);
                    time += stay;
                    loss += stay * loss(group, x, y);
                }
            }
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
