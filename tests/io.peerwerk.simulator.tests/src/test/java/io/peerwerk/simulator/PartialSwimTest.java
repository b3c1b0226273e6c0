// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import io.peerwerk.simulator.Conditions.Failure;
import io.peerwerk.simulator.Conditions.Partition;
import io.peerwerk.simulator.Scenario.Mode;
import io.peerwerk.simulator.Scenario.Protocol;
import io.peerwerk.simulator.Scenario.Settings;
import io.peerwerk.simulator.Scenario.Start;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SWIM with partial views, on several lanes at once. */
class PartialSwimTest {

    private static final Distribution LATENCY = new Distribution.LogNormal(40, 0.5);
    private static final int WATCHED = 16;

    private static Scenario scenario(int peers, long seconds, Start start, Conditions conditions) {
        return new Scenario("test", Protocol.SWIM, Mode.EVENTS, peers, seconds * 1000, 10_000, 1,
                new Settings(20, 1000, start, WATCHED), conditions);
    }

    private static Outcome run(Scenario scenario, int threads) {
        return new Simulation(scenario, threads, false).run(SimulationListener.NONE);
    }

    private static Conditions churn(double meanSeconds) {
        return new Conditions(LATENCY, 0.1, 0.01, new Distribution.Exponential(meanSeconds * 1000), List.of(), List.of());
    }

    @ParameterizedTest
    @EnumSource(Start.class)
    void theRowsDoNotDependOnTheNumberOfThreads(Start start) {
        var rough = new Conditions(LATENCY, 0.2, 0.05, new Distribution.Pareto(20_000, 1.5),
                List.of(new Failure(0.2, 15_000)), List.of(new Partition(0.3, 5_000, 12_000)));
        Scenario scenario = scenario(700, 40, start, rough); // five lanes
        Outcome one = run(scenario, 1);
        for (int threads = 2; threads <= 3; threads++) {
            Outcome more = run(scenario, threads);
            assertEquals(one.rows(), more.rows());
            assertEquals(one.turns(), more.turns());
        }
        assertNotEquals(one.rows(), run(scenario.withSeed(2), 2).rows());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void withChurnTheViewsStayFullAndTheGraphWhole(long seed) {
        Observation end = run(scenario(1000, 240, Start.RANDOM, churn(3600)).withSeed(seed), 2).rows().getLast();
        assertEquals(1000, end.get(Quantity.UP));
        assertTrue(end.get(Quantity.LARGEST) > 99.5, end::toString);
        assertTrue(end.get(Quantity.LINKS) > WATCHED - 0.7 && end.get(Quantity.LINKS) <= WATCHED, end::toString);
        assertTrue(end.get(Quantity.DEAD) < 2, end::toString);
        assertTrue(end.get(Quantity.IN_DEVIATION) < 7, end::toString);
    }

    @Test
    void deathsAreFoundByTheirWatchersAndNobodyAliveIsWronged() {
        var failing = new Conditions(LATENCY, 0.1, 0.01, null, List.of(new Failure(0.1, 30_000)), List.of());
        List<Observation> rows = run(scenario(1000, 150, Start.RANDOM, failing), 2).rows();
        assertTrue(rows.get(4).get(Quantity.DEAD) > 2, rows::toString);
        Observation end = rows.getLast();
        assertEquals(0, end.get(Quantity.DEAD), 0.1, end::toString); // a few were given away just before they were found
        assertEquals(0, end.get(Quantity.FALSE_DEATHS), end::toString);
        assertEquals(100, end.get(Quantity.NOTICED), 0.5, end::toString);
        assertTrue(end.get(Quantity.DETECTION) > 1 && end.get(Quantity.DETECTION) < 20, end::toString);
        assertEquals(1, end.get(Quantity.COMPONENTS), end::toString);
    }

    @Test
    void fromAStarTheViewsBecomeRandomOnes() {
        var quiet = new Conditions(LATENCY, 0, 0, null, List.of(), List.of());
        Observation end = run(scenario(300, 200, Start.STAR, quiet), 2).rows().getLast();
        assertEquals(1, end.get(Quantity.COMPONENTS), end::toString);
        assertTrue(end.get(Quantity.LINKS) > WATCHED - 1, end::toString);
        assertTrue(end.get(Quantity.IN_MAX) < 6 * WATCHED, end::toString);
        assertTrue(end.get(Quantity.IN_MIN) >= 2, end::toString);
    }
}
