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

/** The protocols of nodes on a virtual clock. */
class EventSimulationTest {

    private static final Distribution LATENCY = new Distribution.LogNormal(40, 0.5);
    private static final Conditions LOSSY = new Conditions(LATENCY, 0.1, 0.01, null, List.of(), List.of());

    private static Scenario scenario(Protocol protocol, int peers, long seconds, Conditions conditions) {
        return new Scenario("test", protocol, Mode.EVENTS, peers, seconds * 1000, 10_000, 1,
                new Settings(20, 1000, Start.STAR), conditions);
    }

    private static List<Observation> rows(Scenario scenario) {
        return new Simulation(scenario, 1, false).run(SimulationListener.NONE).rows();
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void theSameSeedGivesTheSameRowsAndAnotherOneOthers(Protocol protocol) {
        var rough = new Conditions(LATENCY, 0.2, 0.05, new Distribution.Pareto(20_000, 1.5),
                List.of(new Failure(0.2, 15_000)), List.of(new Partition(0.3, 5_000, 12_000)));
        Scenario scenario = scenario(protocol, 60, 30, rough);
        List<Observation> first = rows(scenario);
        assertEquals(first, rows(scenario));
        assertNotEquals(first, rows(scenario.withSeed(2)));
        assertTrue(first.getLast().get(Quantity.MESSAGES) > 0);
    }

    @Test
    void cyclonPeersBecomeEquallyPopularAlthoughAllStartWithTheFirstOne() {
        Observation row = rows(scenario(Protocol.CYCLON, 500, 60, LOSSY)).getLast();
        assertEquals(1, row.get(Quantity.COMPONENTS));
        assertEquals(20, row.get(Quantity.LINKS), 1);
        assertTrue(row.get(Quantity.IN_DEVIATION) < 6, row::toString);
        assertEquals(2, row.get(Quantity.MESSAGES), 0.2, "a request and an answer a period");
    }

    @Test
    void newscastPeersThatTalkByMessagesMakeTheOverlayOfTheCycles() {
        Observation row = rows(scenario(Protocol.NEWSCAST, 1000, 60, LOSSY)).getLast();
        assertEquals(1, row.get(Quantity.COMPONENTS));
        assertEquals(20, row.get(Quantity.LINKS), 0.2);
        assertTrue(row.get(Quantity.IN_DEVIATION) > 6 && row.get(Quantity.IN_DEVIATION) < 12, row::toString);
        assertTrue(row.get(Quantity.CLUSTERING) > 0.15 && row.get(Quantity.CLUSTERING) < 0.4, row::toString);
    }

    @Test
    void newscastForgetsWhoFails() {
        var failing = new Conditions(LATENCY, 0.1, 0, null, List.of(new Failure(0.5, 30_000)), List.of());
        List<Observation> rows = rows(scenario(Protocol.NEWSCAST, 1000, 60, failing));
        assertTrue(rows.get(3).get(Quantity.DEAD) > 30, rows::toString);
        assertEquals(0, rows.getLast().get(Quantity.DEAD), 0.2, rows::toString);
        assertTrue(rows.getLast().get(Quantity.LARGEST) > 99, rows::toString);
    }

    @Test
    void swimPeersFindAllOthersAndNoticeWhoFails() {
        var failing = new Conditions(LATENCY, 0, 0, null, List.of(new Failure(0.1, 20_000)), List.of());
        List<Observation> rows = rows(scenario(Protocol.SWIM, 60, 60, failing));
        assertEquals(100, rows.get(1).get(Quantity.KNOWN));
        Observation end = rows.getLast();
        assertTrue(end.get(Quantity.UP) < 60);
        assertEquals(100, end.get(Quantity.KNOWN));
        assertEquals(0, end.get(Quantity.MISSED));
        assertEquals(0, end.get(Quantity.FALSE_DEATHS));
        assertTrue(end.get(Quantity.DETECTION) > 1 && end.get(Quantity.DETECTION) < 20, end::toString);
    }

    @Test
    void whoLeavesIsReplacedByANewcomer() {
        var churn = new Conditions(LATENCY, 0, 0, new Distribution.Exponential(120_000), List.of(), List.of());
        List<Observation> rows = rows(scenario(Protocol.CYCLON, 300, 60, churn));
        assertTrue(rows.stream().allMatch(row -> row.get(Quantity.UP) == 300));
        assertTrue(rows.getLast().get(Quantity.DEAD) > 1, rows::toString);
        assertTrue(rows.getLast().get(Quantity.LARGEST) > 97, rows::toString);
    }
}
