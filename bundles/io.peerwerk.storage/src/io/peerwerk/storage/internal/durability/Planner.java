// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.durability;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.peerwerk.storage.DurabilityTarget;
import io.peerwerk.storage.NetworkConditions;
import io.peerwerk.storage.Promise;
import io.peerwerk.storage.PutOptions;

/**
 * Finds the cheapest code that keeps a target. For each n, the largest k that keeps it with the highest threshold there
 * may be: k only makes it worse and the threshold only better, so both are found by halving.
 */
public final class Planner {

    /** Nobody gives more than so many times what he stores. */
    static final int MOST_OVERHEAD = 6;
    /** Overheads that differ by less are alike; then requests count. */
    private static final double ALIKE = 1.1;
    /** A repair must have something to do, as it reads a whole chunk: at least this part of the shards. */
    private static final int LEAST_REPAIR = 10;

    private final DurabilityTarget target;
    private final NetworkConditions network;
    private final long bytes;

    /** For one put. */
    public Planner(DurabilityTarget target, NetworkConditions network, long bytes) {
        this.target = target;
        this.network = network;
        this.bytes = bytes;
    }

    /** Empty where no code keeps the target at an overhead that can be asked for. */
    public Optional<PutOptions> plan() {
        PutOptions start = PutOptions.standard();
        if (network.peers() < start.totalShards()) {
            // Several shards a peer: a finer code would gain nothing, and this one has room for peers that are to come.
            return Optional.of(start.withThreshold(highestThreshold(start.totalShards()))).filter(this::keeps)
                    .map(code -> lowestThreshold(code, start.threshold()));
        }
        List<PutOptions> kept = new ArrayList<>();
        for (int n = 2; n <= Math.min(PutOptions.MAX_SHARDS, network.peers()); n++) {
            largestDataShards(n).ifPresent(kept::add);
        }
        double least = kept.stream().mapToDouble(Planner::overhead).min().orElse(0);
        return kept.stream().filter(code -> overhead(code) <= least * ALIKE)
                .min(Comparator.comparingInt(PutOptions::totalShards))
                .map(code -> lowestThreshold(code, code.dataShards()));
    }

    private static double overhead(PutOptions code) {
        return (double) code.totalShards() / code.dataShards();
    }

    private static int highestThreshold(int n) {
        return n - Math.ceilDiv(n, LEAST_REPAIR);
    }

    private boolean keeps(PutOptions code) {
        return Promise.of(target, network, code, bytes).kept();
    }

    private Optional<PutOptions> largestDataShards(int n) {
        int highest = highestThreshold(n);
        int least = Math.ceilDiv(n, MOST_OVERHEAD);
        if (least > highest || !keeps(new PutOptions(least, n, highest))) {
            return Optional.empty();
        }
        int good = least;
        int bad = highest + 1;
        while (bad - good > 1) {
            int k = (good + bad) / 2;
            if (keeps(new PutOptions(k, n, highest))) {
                good = k;
            } else {
                bad = k;
            }
        }
        return Optional.of(new PutOptions(good, n, highest));
    }

    private PutOptions lowestThreshold(PutOptions code, int least) {
        int good = code.threshold();
        int bad = least - 1;
        while (good - bad > 1) {
            int threshold = (good + bad) / 2;
            if (keeps(code.withThreshold(threshold))) {
                good = threshold;
            } else {
                bad = threshold;
            }
        }
        return code.withThreshold(good);
    }
}
