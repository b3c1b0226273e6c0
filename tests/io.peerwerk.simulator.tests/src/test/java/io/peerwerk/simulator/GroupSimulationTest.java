// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupSimulationTest {

    private static final double DAY = 86_400;
    private static final int GROUPS = 20_000;
    private static final long SEED = 20261201;
    private static final Distribution NEVER = new Distribution.Constant(1e12);

    private static GroupSimulation.Result run(RepairedGroups setting, int groups, double seconds) {
        return new GroupSimulation(setting, groups, SEED).run(seconds, () -> false);
    }

    @ParameterizedTest
    @CsvSource({"3,9,9", "1,1,1", "5,8,8", "10,30,30"})
    void withoutRepairWhatIsLeftIsBinomial(int k, int n, int holders) {
        var setting = new RepairedGroups(k, k, n, holders, new Distribution.Exponential(DAY), NEVER);
        GroupSimulation.Result seen = run(setting, GROUPS, DAY);
        double survival = Math.exp(-1);
        double loss = 0;
        double term = Math.pow(1 - survival, n);
        for (int x = 0; x < k; x++) {
            loss += term;
            term *= (n - x) * survival / ((x + 1) * (1 - survival));
        }
        assertEquals(loss, seen.loss(), 5 * seen.standardError(), "seed " + SEED);
        assertEquals(0, seen.repairs());
    }

    @Test
    void aRepairBeforeEveryLossLosesNothing() {
        var setting = new RepairedGroups(1, 3, 3, 3, new Distribution.Uniform(10, 20), new Distribution.Constant(0.01));
        GroupSimulation.Result seen = run(setting, 500, 1000);
        assertEquals(0, seen.lost());
        assertTrue(seen.repairs() > 500 * 100, seen::toString);
        assertTrue(seen.standardError() > 0, "none seen is not none at all");
    }

    @Test
    void aPeerThatHoldsSeveralShardsTakesThemAllWithIt() {
        // Three of five shards are on the first of two holders.
        var setting = new RepairedGroups(3, 3, 5, 2, new Distribution.Exponential(DAY), NEVER);
        GroupSimulation.Result seen = run(setting, GROUPS, 0.1 * DAY);
        // Lost with the holder of three; the one of two alone may go.
        assertEquals(1 - Math.exp(-0.1), seen.loss(), 5 * seen.standardError(), "seed " + SEED);
    }

    @Test
    void theSameSeedGivesTheSameAndGroupsAreWholeRunsOrNone() {
        var setting = new RepairedGroups(2, 3, 4, 4, new Distribution.Exponential(DAY), new Distribution.Erlang(DAY / 4, 4));
        assertEquals(run(setting, 3000, 10 * DAY), run(setting, 3000, 10 * DAY));
        assertEquals(0, new GroupSimulation(setting, 3000, SEED).run(DAY, () -> true).groups());
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new RepairedGroups(0, 1, 1, 1, NEVER, NEVER));
        assertThrows(IllegalArgumentException.class, () -> new RepairedGroups(2, 1, 3, 3, NEVER, NEVER));
        assertThrows(IllegalArgumentException.class, () -> new RepairedGroups(2, 4, 3, 3, NEVER, NEVER));
        assertThrows(IllegalArgumentException.class, () -> new RepairedGroups(2, 3, 3, 4, NEVER, NEVER));
        var good = new RepairedGroups(2, 3, 3, 3, NEVER, NEVER);
        assertThrows(IllegalArgumentException.class, () -> new GroupSimulation(good, 0, SEED));
    }
}
