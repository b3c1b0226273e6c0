// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;

import io.peerwerk.simulator.internal.cycle.Draws;
import org.junit.jupiter.api.Test;

/** Samples against the formulas of the distributions. */
class DistributionTest {

    private static final int COUNT = 200_000;

    private static double[] sample(Distribution distribution) {
        var random = new Draws(42).at(1, 2);
        double[] values = new double[COUNT];
        Arrays.setAll(values, i -> distribution.sample(random));
        Arrays.sort(values);
        return values;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double below(double[] values, double limit) {
        return Arrays.stream(values).filter(v -> v < limit).count() / (double) values.length;
    }

    @Test
    void anExponentialHasItsMeanAndNoMemory() {
        double[] values = sample(new Distribution.Exponential(30));
        assertEquals(30, mean(values), 0.5);
        assertEquals(1 - Math.exp(-1), below(values, 30), 0.01);
    }

    @Test
    void anErlangVariesTheLessTheMoreStagesItHas() {
        for (int stages : new int[] {1, 4, 25}) {
            double[] values = sample(new Distribution.Erlang(30, stages));
            assertEquals(30, mean(values), 0.5);
            double variance = Arrays.stream(values).map(v -> (v - 30) * (v - 30)).average().orElseThrow();
            assertEquals(30 / Math.sqrt(stages), Math.sqrt(variance), 0.5);
        }
    }

    @Test
    void halfOfALogNormalIsBelowItsMedian() {
        double[] values = sample(new Distribution.LogNormal(40, 0.5));
        assertEquals(40, values[COUNT / 2], 0.5);
        assertEquals(40 * Math.exp(0.125), mean(values), 0.5);
    }

    @Test
    void aParetoStartsAtItsLeast() {
        double[] values = sample(new Distribution.Pareto(2, 3));
        assertEquals(2, values[0], 0.001);
        assertEquals(3, mean(values), 0.1);
    }

    @Test
    void aWeibullHasTwoThirdsBelowItsScale() {
        double[] values = sample(new Distribution.Weibull(100, 0.5));
        assertEquals(1 - Math.exp(-1), below(values, 100), 0.01);
        assertEquals(200, mean(values), 6);
    }

    @Test
    void aUniformFillsItsRange() {
        double[] values = sample(new Distribution.Uniform(5, 15));
        assertEquals(5, values[0], 0.01);
        assertEquals(15, values[COUNT - 1], 0.01);
        assertEquals(10, mean(values), 0.1);
    }

    @Test
    void theSamePlaceGivesTheSameNumbersAndAnotherOneOthers() {
        var draws = new Draws(1);
        long first = draws.at(3, 4).nextLong();
        draws.nextLong();
        assertEquals(first, draws.at(3, 4).nextLong());
        assertEquals(false, first == draws.at(4, 3).nextLong());
        assertEquals(false, first == new Draws(2).at(3, 4).nextLong());
    }
}
