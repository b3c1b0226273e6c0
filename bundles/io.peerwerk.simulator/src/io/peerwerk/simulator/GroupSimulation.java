// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator;

import java.util.function.BooleanSupplier;

import io.peerwerk.simulator.internal.event.GroupRun;

/**
 * Lets many independent groups of shard holders live for a time on a virtual clock and counts those that are lost. It
 * knows nothing of the formulas it is there to check: each holder has a lifetime of its own, each repair its time.
 * Depends on setting and seed alone.
 */
public final class GroupSimulation {

    /**
     * What became of them.
     *
     * @param groups how many were looked at to the end of the time
     * @param lost how many of them were lost
     * @param departures of holders from groups that were not lost before
     * @param repairs that ended
     */
    public record Result(int groups, int lost, long departures, long repairs) {

        /** The part that was lost. */
        public double loss() {
            return groups == 0 ? 0 : (double) lost / groups;
        }

        /** The standard error of {@link #loss}, that of independent trials; at least that of one loss where none was seen. */
        public double standardError() {
            double p = Math.min(Math.max(loss(), 1.0 / Math.max(1, groups)), 1 - 1.0 / Math.max(2, groups));
            return Math.sqrt(p * (1 - p) / Math.max(1, groups));
        }

        Result plus(GroupRun.Counts more) {
            return new Result(groups + more.groups(), lost + more.lost(), departures + more.departures(),
                    repairs + more.repairs());
        }
    }

    /** Holders that are simulated side by side. */
    private static final int HOLDERS_AT_ONCE = 500_000;

    private final RepairedGroups setting;
    private final int groups;
    private final long seed;

    /** So many groups of this kind. */
    public GroupSimulation(RepairedGroups setting, int groups, long seed) {
        if (groups < 1) {
            throw new IllegalArgumentException(groups + " groups");
        }
        this.setting = setting;
        this.groups = groups;
        this.seed = seed;
    }

    /**
     * Lets them live for so many seconds.
     *
     * @param stop asked now and then; when true, the groups that have lived to the end count, the others do not
     */
    public Result run(double seconds, BooleanSupplier stop) {
        Result result = new Result(0, 0, 0, 0);
        int atOnce = Math.max(1, HOLDERS_AT_ONCE / setting.holders());
        for (int first = 0; first < groups && !stop.getAsBoolean(); first += atOnce) {
            GroupRun run = new GroupRun(setting, seed, first);
            result = result.plus(run.run(Math.min(atOnce, groups - first), seconds));
        }
        return result;
    }
}
