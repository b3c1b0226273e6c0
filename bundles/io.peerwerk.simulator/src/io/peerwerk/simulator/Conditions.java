// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the network and the peers suffer. Times are cycles or milliseconds, whichever the {@link Scenario} counts in.
 *
 * @param latency how long messages take from one peer to another; a link keeps what it drew
 * @param jitter a message takes up to this share longer than its link's latency
 * @param loss probability that a message is lost; in cycles, that an exchange does not happen
 * @param sessions how long a peer stays, if peers leave; each that crashes is replaced by a newcomer at once, so that
 *         there are always as many. The first peers begin their sessions with the simulation
 * @param failures crashes of many peers at once
 * @param partitions of the network into two that do not hear of each other
 */
public record Conditions(Distribution latency, double jitter, double loss, @Nullable Distribution sessions,
        List<Failure> failures, List<Partition> partitions) {

    /**
     * A share of the peers crashes; nobody takes their places.
     *
     * @param share of those that are up, 0 to 1
     * @param at when
     */
    public record Failure(double share, long at) {
    }

    /**
     * A share of the peers cannot be reached by the others, nor reach them.
     *
     * @param share that each peer is on the one side with this probability
     * @param from when it begins
     * @param to when it is over
     */
    public record Partition(double share, long from, long to) {

        public boolean holds(long time) {
            return time >= from && time < to;
        }
    }

    public Conditions {
        failures = List.copyOf(failures);
        partitions = List.copyOf(partitions);
    }
}
