// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.cycle;

import java.util.List;
import java.util.random.RandomGenerator;

import io.peerwerk.simulator.Conditions;
import io.peerwerk.simulator.Conditions.Partition;

/** What keeps messages from arriving at a time: loss, and partitions. Immutable. */
public final class Obstacles {

    /** Times for {@link Draws} that are none. */
    private static final long SIDES = -2_000_000;

    private final double loss;
    private final List<Partition> partitions;
    private final long seed;

    public Obstacles(Conditions conditions, long seed) {
        this.loss = conditions.loss();
        this.partitions = conditions.partitions();
        this.seed = seed;
    }

    /** Whether a message between the two arrives. */
    public boolean pass(long time, int from, int to, RandomGenerator random) {
        return (loss == 0 || random.nextDouble() >= loss) && (partitions.isEmpty() || areTogether(time, from, to));
    }

    private boolean areTogether(long time, int from, int to) {
        for (int i = 0; i < partitions.size(); i++) {
            Partition partition = partitions.get(i);
            if (partition.holds(time) && isApart(i, partition, from) != isApart(i, partition, to)) {
                return false;
            }
        }
        return true;
    }

    private boolean isApart(int number, Partition partition, int peer) {
        return new Draws(seed).at(SIDES - number, peer).nextDouble() < partition.share();
    }
}
