// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import java.time.Duration;

import io.peerwerk.storage.internal.durability.RepairChain;
import io.peerwerk.storage.internal.durability.Vanishing;

/**
 * How likely what is stored with a code is lost in a network. The figures are those of one group: the n shards on their
 * holders; {@link #ofFile} makes those of a file of them. Immutable; nothing blocks.
 *
 * <p>If peers vanish at once: the hypergeometric distribution. Year by year: a Markov chain of the live shards, in which
 * peers leave for good at the rate 1/lifetime each, a repair begins below the {@linkplain PutOptions#threshold()
 * threshold} and brings all missing shards back after the repair time (Erlang with {@value #REPAIR_STAGES} stages: the
 * wait is fixed, detection and transfer vary). Where there are fewer peers than shards, a peer's shards go with it.
 */
public final class DurabilityModel {

    /** The most groups of holders that the chunks of a file are divided among. */
    public static final int PLACEMENT_GROUPS = 256;
    /** Stages of a repair: its deviation is half of its mean. */
    public static final int REPAIR_STAGES = 4;

    /** Of what is stored, a chunk has so many bytes. */
    private static final long CHUNK = 1 << 20;
    private static final Duration YEAR = Duration.ofDays(365);

    private final PutOptions shards;
    private final NetworkConditions network;
    private final RepairChain chain;

    /** For a code in a network. */
    public DurabilityModel(PutOptions shards, NetworkConditions network) {
        this.shards = shards;
        this.network = network;
        chain = RepairChain.of(shards, network, REPAIR_STAGES);
    }

    /**
     * The loss of a group with all its shards if a part of all peers vanishes in one instant.
     *
     * @param part from 0 to 1
     */
    public double lossIfVanish(double part) {
        return vanishing(part).loss(shards);
    }

    /**
     * The same at any moment of the group's life, in which it mostly has fewer shards than all: repair is lazy. This is
     * what a promise has to count with.
     */
    public double lossInLifeIfVanish(double part) {
        return vanishing(part).lossInLife(shards);
    }

    private Vanishing vanishing(double part) {
        if (!(part >= 0 && part <= 1)) {
            throw new IllegalArgumentException(part + " is no part of all peers");
        }
        return Vanishing.part(network.peers(), part);
    }

    /** The loss of a group in any one year of its life. */
    public double lossAYear() {
        return chain.lossDuring(YEAR.toSeconds());
    }

    /**
     * The loss of a group within a time that begins with all its shards there. Computed step by step: takes seconds where
     * the time is a million times the repair time.
     */
    public double lossWithin(Duration time) {
        return chain.lossWithin(time.toMillis() / 1e3);
    }

    /** How many groups of holders the chunks of so many bytes lie on: one where every peer holds shards of all. */
    public static int groups(long bytes, int peers, int totalShards) {
        return peers <= totalShards ? 1 : (int) Math.min(PLACEMENT_GROUPS, Math.max(1, Math.ceilDiv(bytes, CHUNK)));
    }

    /**
     * At most so likely a file of so many bytes is lost, if each group is lost with this probability: the sum over its
     * groups, whether or not they are independent (union bound).
     */
    public double ofFile(double groupLoss, long bytes) {
        return Math.min(1, groupLoss * groups(bytes, network.peers(), shards.totalShards()));
    }
}
