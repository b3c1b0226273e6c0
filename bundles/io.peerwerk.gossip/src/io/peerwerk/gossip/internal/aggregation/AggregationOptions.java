// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.aggregation;

/**
 * The settings of the aggregation. One instance serves any number of peers, which should have the same.
 *
 * @param periodMillis milliseconds between two exchanges that a peer starts. Each cycle costs a peer two exchanges on
 *         average, one of its own and one of another peer
 * @param cycles of an epoch. Each brings the variance down to a third; 30 let the estimates of ten million peers agree
 *         to several digits, with exchanges that fail taken into account
 * @param instances that count the peers, on average ({@code C}). More are more exact and cost 20 bytes each in each
 *         message; four times as many are kept at most
 */
public record AggregationOptions(long periodMillis, int cycles, int instances) {

    public AggregationOptions {
        if (periodMillis < 1 || cycles < 6 || instances < 1 || 4 * instances > AggregationMessage.MAX_INSTANCES) {
            throw new IllegalArgumentException(cycles + " cycles of " + periodMillis + " ms, " + instances);
        }
    }

    /** Epochs of 30 cycles and 20 instances, with an exchange every so many milliseconds. */
    public static AggregationOptions every(long periodMillis) {
        return new AggregationOptions(periodMillis, 30, 20);
    }

    public AggregationOptions withCycles(int other) {
        return new AggregationOptions(periodMillis, other, instances);
    }

    int maxInstances() {
        return 4 * instances;
    }
}
