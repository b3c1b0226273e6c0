// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.durability;

import java.time.Duration;

import io.peerwerk.storage.NetworkConditions;
import io.peerwerk.storage.PutOptions;

/**
 * A group under churn, as a continuous-time Markov chain. Each live holder leaves for good at rate 1/lifetime. With
 * fewer than the threshold a repair begins; it takes a time of {@code stages} exponential stages one after the other
 * (Erlang: with one stage memoryless, with many fixed), in which holders go on leaving, and then brings all that are
 * missing back at once. With fewer than are needed the group is lost.
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
        double time = 0;
        for (int live = group.threshold(); live <= group.total(); live++) {
            time += 1 / (live * leave);
        }
        double[] here = new double[stages];
        here[0] = 1;
        for (int live = group.threshold() - 1; live >= group.needed(); live--) {
            double out = live * leave + advance;
            for (int stage = 0; stage < stages; stage++) {
                time += here[stage] / out;
                if (stage + 1 < stages) {
                    here[stage + 1] += here[stage] * (advance / out);
                }
                here[stage] *= live * leave / out;
            }
        }
        double loss = 0;
        for (double fell : here) {
            loss += fell;
        }
        this.lossInCycle = loss;
        this.cycle = time;
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
        double rate = Math.max(group.total() * leave, (group.threshold() - 1) * leave + advance);
        double jumps = rate * seconds;
        long last = (long) (jumps + DEVIATIONS * (Math.sqrt(jumps) + 1) + 1);
        double[] strong = new double[group.total() + 1];
        double[][] weak = new double[group.total() + 1][stages];
        strong[group.total()] = 1;
        double lost = 0;
        double sum = 0;
        double logWeight = -jumps;
        for (long jump = 1; jump <= last; jump++) {
            lost += step(strong, weak, rate);
            logWeight += Math.log(jumps / jump);
            sum += Math.exp(logWeight) * lost;
        }
        return Math.min(1, sum);
    }

    /** One jump of all states; returns what is lost by it. From few to many, so that each state is read before it changes. */
    private double step(double[] strong, double[][] weak, double rate) {
        double lost = 0;
        double repaired = 0;
        for (int live = group.needed(); live < group.threshold(); live++) {
            double fall = live * leave / rate;
            double on = advance / rate;
            for (int stage = stages - 1; stage >= 0; stage--) {
                double here = weak[live][stage];
                if (live == group.needed()) {
                    lost += here * fall;
                } else {
                    weak[live - 1][stage] += here * fall;
                }
                if (stage + 1 == stages) {
                    repaired += here * on;
                } else {
                    weak[live][stage + 1] += here * on;
                }
                weak[live][stage] = here * (1 - fall - on);
            }
        }
        for (int live = group.threshold(); live <= group.total(); live++) {
            double fell = strong[live] * (live * leave / rate);
            strong[live] *= 1 - live * leave / rate;
            if (live > group.threshold()) {
                strong[live - 1] += fell;
            } else if (live > group.needed()) {
                weak[live - 1][0] += fell;
            } else {
                lost += fell;
            }
        }
        strong[group.total()] += repaired;
        return lost;
    }
}
