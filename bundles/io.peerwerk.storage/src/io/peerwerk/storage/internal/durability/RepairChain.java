// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.durability;

import java.time.Duration;
import java.util.Arrays;

import io.peerwerk.storage.NetworkConditions;
import io.peerwerk.storage.PutOptions;

/**
 * A group under churn, as a continuous-time Markov chain. Each live holder leaves for good at rate 1/lifetime. With
 * fewer than the threshold a repair begins; it takes a time of {@code stages} exponential stages one after the other
 * (Erlang: with one stage memoryless, with many fixed), in which holders go on leaving, and then brings all that are
 * missing back at once. With fewer than are needed the group is lost. Where peers have several shards, a state is the number
 * of heavy and of light holders left instead of that of shards.
 *
 * <pre>
 *   n ──▶ n-1 ──▶ … ──▶ r ──▶ (r-1, 1) ──▶ (r-2, 1) ──▶ … ──▶ (k, 1) ──▶ lost
 *   ▲                            │             │                 │
 *   │                            ▼             ▼                 ▼
 *   └────────── after the last ◀ (…, 2)        (…, 2)            (…, 2)
 * </pre>
 *
 * <p>Between two returns to n the chain never comes back to a state, so the probability of loss in such a cycle and the
 * cycle's mean length are sums of products of positive terms, and the mean time to loss is their quotient, exactly (the
 * elimination of Grassmann, Taskar and Heyman, 1985, which subtracts nothing, done along the cycle).
 *
 * <p>This is what {@link io.peerwerk.storage.internal.repair} does: a weak file waits for the repair delay from the first
 * moment of weakness, whatever is lost meanwhile, then all shards are restored.
 */
public final class RepairChain {

    /** Beyond so many standard deviations a Poisson variable does not go, but with 1e-50. */
    private static final double DEVIATIONS = 16;

    private final Group group;
    /** Losses of one holder a second. */
    private final double leave;
    /** Stages of a repair a second. */
    private final double advance;
    private final int stages;
    private final double lossInCycle;
    private final double cycle;

    /**
     * @param lifetime of a holder, on average, in seconds
     * @param repair from the first moment of weakness to full strength, on average, in seconds
     */
    RepairChain(Group group, double lifetime, double repair, int stages) {
        this.group = group;
        this.leave = 1 / lifetime;
        this.advance = stages / repair;
        this.stages = stages;
        double[][] visits = group.visits();
        double[][][] weak = new double[group.heavy() + 1][group.light() + 1][stages];
        double time = 0;
        double loss = 0;
        for (int x = group.heavy(); x >= 0; x--) {
            for (int y = group.light(); y >= 0; y--) {
                if (group.isStrong(x, y)) {
                    time += visits[x][y] / ((x + y) * leave);
                    continue;
                }
                weak[x][y][0] += visits[x][y];
                if (group.isLost(x, y)) {
                    loss += Arrays.stream(weak[x][y]).sum();
                } else {
                    time += leaveWeak(weak, x, y);
                }
            }
        }
        this.lossInCycle = loss;
        this.cycle = time;
    }

    /** From a state of a weak group to those after it; returns the time in it, weighted with how likely it is. */
    private double leaveWeak(double[][][] weak, int x, int y) {
        double out = (x + y) * leave + advance;
        double time = 0;
        for (int stage = 0; stage < stages; stage++) {
            double here = weak[x][y][stage];
            time += here / out;
            if (stage + 1 < stages) {
                weak[x][y][stage + 1] += here * (advance / out);
            }
            if (x > 0) {
                weak[x - 1][y][stage] += here * (x * leave / out);
            }
            if (y > 0) {
                weak[x][y - 1][stage] += here * (y * leave / out);
            }
        }
        return time;
    }

    /** The chain of a group in this network. */
    public static RepairChain of(PutOptions shards, NetworkConditions network, int stages) {
        return new RepairChain(Group.of(shards, network.peers()), seconds(network.lifetime()),
                seconds(network.repairTime()), stages);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1e3;
    }

    /** The probability that a group is lost before it is next at full strength. */
    double lossInCycle() {
        return lossInCycle;
    }

    /** Seconds from full strength to full strength again, or loss, on average. */
    double cycle() {
        return cycle;
    }

    /** Seconds from full strength to loss, on average; infinite where the loss is below 1e-300. */
    public double meanTimeToLoss() {
        return cycle / lossInCycle;
    }

    /**
     * The probability of loss in any such time of a group's life, not the first alone, in which all its shards are new:
     * losses come at the rate of one in the mean time to loss.
     */
    public double lossDuring(double seconds) {
        return -Math.expm1(-seconds / meanTimeToLoss());
    }

    /**
     * The probability that a group that is at full strength now is lost within so many seconds, by uniformization
     * (Jensen, 1953): the chain makes jumps at a steady rate, of which some lead nowhere. Costs a step for each jump
     * and state.
     */
    public double lossWithin(double seconds) {
        double rate = group.holders() * leave + advance;
        double jumps = rate * seconds;
        long last = (long) (jumps + DEVIATIONS * (Math.sqrt(jumps) + 1) + 1);
        Jumps chain = new Jumps(rate);
        double sum = 0;
        double logWeight = -jumps;
        for (long jump = 1; jump <= last; jump++) {
            chain.jump();
            logWeight += Math.log(jumps / jump);
            sum += Math.exp(logWeight) * chain.lost;
        }
        return Math.min(1, sum);
    }

    /** How likely the chain is where, after so many jumps. */
    private final class Jumps {
        private final double rate;
        /** By heavy and light holders left, and stage of the repair; the last one is that of none. */
        private final double[][][] at = new double[group.heavy() + 1][group.light() + 1][stages + 1];
        private double lost;
        private double repaired;

        Jumps(double rate) {
            this.rate = rate;
            at[group.heavy()][group.light()][stages] = 1;
        }

        /** From few holders to many, and from the last stage to the first, so that each state is read before it changes. */
        void jump() {
            repaired = 0;
            for (int x = 0; x <= group.heavy(); x++) {
                for (int y = 0; y <= group.light(); y++) {
                    if (group.isStrong(x, y)) {
                        leave(x, y, stages);
                    } else if (!group.isLost(x, y)) {
                        for (int stage = stages - 1; stage >= 0; stage--) {
                            leave(x, y, stage);
                        }
                    }
                }
            }
            at[group.heavy()][group.light()][stages] += repaired;
        }

        private void leave(int x, int y, int stage) {
            double here = at[x][y][stage];
            double part = leave / rate;
            double on = stage == stages ? 0 : advance / rate;
            if (x > 0) {
                arrive(x - 1, y, stage, here * (x * part));
            }
            if (y > 0) {
                arrive(x, y - 1, stage, here * (y * part));
            }
            if (stage + 1 == stages) {
                repaired += here * on;
            } else if (stage < stages) {
                at[x][y][stage + 1] += here * on;
            }
            at[x][y][stage] = here * (1 - (x + y) * part - on);
        }

        private void arrive(int x, int y, int stage, double part) {
            if (group.isLost(x, y)) {
                lost += part;
            } else {
                at[x][y][stage == stages && !group.isStrong(x, y) ? 0 : stage] += part;
            }
        }
    }
}
