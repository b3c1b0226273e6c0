// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.durability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peerwerk.storage.PutOptions;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepairChainTest {

    private static final double DAY = 86_400;

    private static Group group(int k, int r, int n) {
        return Group.of(new PutOptions(k, n, r), n);
    }

    @Test
    void aSingleHolderIsLostWithItsLifetime() {
        RepairChain chain = new RepairChain(group(1, 1, 1), 10, 1, 1);
        assertEquals(10, chain.meanTimeToLoss(), 1e-12);
        assertEquals(-Math.expm1(-0.3), chain.lossWithin(3), 1e-12);
        assertEquals(1, chain.lossInCycle());
    }

    /** The textbook's mirrored pair: (3 lambda + mu) / (2 lambda^2). */
    @ParameterizedTest
    @CsvSource({"100,1", "1e6,10", "1e9,1", "5,50"})
    void aMirroredPairLivesAsLongAsTheFormulaSays(double lifetime, double repair) {
        double lambda = 1 / lifetime;
        double mu = 1 / repair;
        double expected = (3 * lambda + mu) / (2 * lambda * lambda);
        double found = new RepairChain(group(1, 2, 2), lifetime, repair, 1).meanTimeToLoss();
        assertEquals(expected, found, 1e-12 * expected);
    }

    @Test
    void withoutRepairWhatIsLeftIsBinomial() {
        // Below its threshold nothing begins, as there is nothing between threshold and needed.
        RepairChain chain = new RepairChain(group(3, 3, 9), 20, 1, 4);
        for (double time : new double[] {0.1, 1, 5, 20, 100}) {
            double expected = Tails.binomialBelow(3, 9, Math.exp(-time / 20));
            assertEquals(expected, chain.lossWithin(time), 1e-9 * expected, "after " + time);
        }
    }

    /** With many stages the time of a repair is fixed, and who outlives it is binomial. */
    @Test
    void aRepairOfManyStagesIsOneOfFixedTime() {
        double lifetime = 100;
        double repair = 40;
        double expected = Tails.binomialBelow(5, 9, Math.exp(-repair / lifetime));
        double found = new RepairChain(group(5, 10, 20), lifetime, repair, 20_000).lossInCycle();
        assertEquals(expected, found, 1e-3 * expected);
    }

    @ParameterizedTest
    @CsvSource({"4,6,8,20,0.5", "10,20,30,5,0.2", "2,3,4,30,0.05", "3,5,6,100,0.1", "10,15,20,10,0.5"})
    void stepByStepAndByCyclesTheLossIsTheSame(int k, int r, int n, double lifetimeDays, double repairDays) {
        RepairChain chain = new RepairChain(group(k, r, n), lifetimeDays * DAY, repairDays * DAY, 4);
        // Long enough that the first cycle, which begins with all shards, counts for little.
        double time = 300 * chain.cycle();
        double expected = chain.lossDuring(time);
        assertEquals(expected, chain.lossWithin(time), 0.03 * expected);
    }

    @Test
    void aLossOfTenToTheMinusTwentyIsFoundBothWays() {
        RepairChain chain = new RepairChain(group(10, 20, 30), 30 * DAY, 0.03 * DAY, 4);
        double year = chain.lossDuring(365 * DAY);
        assertTrue(year > 1e-25 && year < 1e-18, () -> "is " + year);
        assertEquals(year, chain.lossWithin(365 * DAY), 0.1 * year);
    }

    @Test
    void aLossTooSmallForANumberIsNone() {
        RepairChain chain = new RepairChain(group(80, 200, 255), 3650 * DAY, 1, 4);
        assertEquals(0, chain.lossDuring(365 * DAY));
    }

    @Property(tries = 400)
    void longerLivesFasterRepairMoreShardsAndHigherThresholdsAreNeverWorse(@ForAll @IntRange(min = 1, max = 40) int k,
            @ForAll @IntRange(min = 1, max = 30) int margin, @ForAll @IntRange(min = 0, max = 30) int more,
            @ForAll @DoubleRange(min = 0.001, max = 0.5) @Scale(4) double repair) {
        int r = k + margin;
        int n = r + more;
        double loss = year(k, r, n, 1, repair);
        assertNotWorse(year(k, r, n, 1.1, repair), loss);
        assertNotWorse(year(k, r, n, 1, repair * 0.9), loss);
        assertNotWorse(year(k, r, n + 1, 1, repair), loss);
        assertNotWorse(loss, year(k + 1, r + 1, n + 1, 1, repair));
        if (r < n) {
            assertNotWorse(year(k, r + 1, n, 1, repair), loss);
        }
    }

    private static double year(int k, int r, int n, double lifetime, double repair) {
        return new RepairChain(group(k, r, n), lifetime, repair, 4).lossDuring(12);
    }

    private static void assertNotWorse(double better, double worse) {
        assertTrue(better <= worse * (1 + 1e-9), () -> better + " is worse than " + worse);
    }
}
