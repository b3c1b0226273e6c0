// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.aggregation;

import java.util.Arrays;

/**
 * The instances that count the peers: of each its leader, a number, and the estimate. In ascending order of leaders,
 * none twice. Immutable.
 */
public final class Counts {

    public static final Counts NONE = new Counts(new long[0], new double[0]);

    private final long[] leaders;
    private final double[] values;

    private Counts(long[] leaders, double[] values) {
        this.leaders = leaders;
        this.values = values;
    }

    /**
     * @param leaders in ascending order, none twice
     * @param values of each instance, from 0 to 1
     * @throws IllegalArgumentException if they are not like that
     */
    public static Counts of(long[] leaders, double[] values) {
        if (leaders.length != values.length) {
            throw new IllegalArgumentException(leaders.length + " leaders, " + values.length + " values");
        }
        for (int i = 0; i < leaders.length; i++) {
            if (i > 0 && leaders[i - 1] >= leaders[i]) {
                throw new IllegalArgumentException("instances out of order");
            }
            if (!(values[i] >= 0 && values[i] <= 1)) {
                throw new IllegalArgumentException("an instance of " + values[i]);
            }
        }
        return leaders.length == 0 ? NONE : new Counts(leaders.clone(), values.clone());
    }

    /** One instance, just begun by its leader. */
    static Counts led(long leader) {
        return new Counts(new long[] {leader}, new double[] {1});
    }

    public int size() {
        return leaders.length;
    }

    public long leader(int index) {
        return leaders[index];
    }

    public double value(int index) {
        return values[index];
    }

    /**
     * The mean of these and others; an instance that one side does not know counts as 0 there.
     *
     * @param limit how many instances are kept, those of the lowest leaders
     * @param admitsNew whether instances are taken in that only the other side knows
     */
    Counts mean(Counts other, int limit, boolean admitsNew) {
        long[] ids = new long[Math.min(limit, size() + other.size())];
        double[] means = new double[ids.length];
        int count = 0;
        int i = 0;
        int j = 0;
        while (count < ids.length && (i < size() || j < other.size())) {
            boolean mine = j == other.size() || i < size() && leaders[i] <= other.leaders[j];
            boolean theirs = i == size() || j < other.size() && other.leaders[j] <= leaders[i];
            if (mine || admitsNew) {
                ids[count] = mine ? leaders[i] : other.leaders[j];
                means[count++] = ((mine ? values[i] : 0) + (theirs ? other.values[j] : 0)) / 2;
            }
            i += mine ? 1 : 0;
            j += theirs ? 1 : 0;
        }
        return new Counts(Arrays.copyOf(ids, count), Arrays.copyOf(means, count));
    }

    /** The sizes that the instances stand for, in ascending order. */
    double[] sizes() {
        return Arrays.stream(values).filter(value -> value > 0).map(value -> 1 / value).sorted().toArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Counts that && Arrays.equals(leaders, that.leaders)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(leaders) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(leaders) + " = " + Arrays.toString(values);
    }
}
