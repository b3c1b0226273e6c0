// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import io.peerwerk.simulator.Conditions.Failure;
import io.peerwerk.simulator.Conditions.Partition;
import io.peerwerk.simulator.Scenario.Mode;
import io.peerwerk.simulator.Scenario.Protocol;
import io.peerwerk.simulator.Scenario.Settings;
import io.peerwerk.simulator.Scenario.Start;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Newscast is known to do, of 10,000 peers and from several seeds. */
class NewscastOverlayTest {

    private static final int PEERS = 10_000;
    private static final Conditions QUIET = conditions(0, null, List.of(), List.of());

    private static Conditions conditions(double loss, Distribution sessions, List<Failure> failures,
            List<Partition> partitions) {
        return new Conditions(new Distribution.Constant(1), 0, loss, sessions, failures, partitions);
    }

    private static Scenario scenario(long cycles, long observe, long seed, Start start, Conditions conditions) {
        return new Scenario("test", Protocol.NEWSCAST, Mode.CYCLES, PEERS, cycles, observe, seed,
                new Settings(20, 1000, start), conditions);
    }

    private static Observation end(Scenario scenario) {
        List<Observation> rows = new Simulation(scenario, 2, false).run(SimulationListener.NONE).rows();
        return rows.getLast();
    }

    /** The most neighbours that a message carries. */
    @Test
    void withFortyNeighboursThePeersStayInOnePieceWhenSevenOfTenFail() {
        assertEquals(20, inOnePiece(40, 99.99));
    }

    /** 10,000 peers and 30 neighbours are the sizes in the simulations of TOCS 25(3), 2007. */
    @Test
    void withThirtyNeighboursThePeersMostlyStayInOnePieceWhenSevenOfTenFail() {
        assertTrue(inOnePiece(30, 99.9) >= 17);
    }

    /**
     * Now and then somebody has lost all its neighbours, and whoever had it for one, at once; a peer that has lost its own
     * alone may be lost before one of the others turns to it.
     */
    @Test
    void withTwentyNeighboursHardlyOneInAThousandIsCutOffWhenSevenOfTenFail() {
        assertTrue(inOnePiece(20, 99.8) >= 10);
    }

    /** In how many of 20 runs all are together, a cycle after the failure and twenty later. */
    private static int inOnePiece(int viewSize, double largest) {
        int count = 0;
        for (long seed = 1; seed <= 20; seed++) {
            List<Observation> rows = rightAfterAndLater(seed, viewSize);
            count += rows.stream().allMatch(row -> row.get(Quantity.COMPONENTS) == 1) ? 1 : 0;
            for (Observation row : rows) {
                assertTrue(row.get(Quantity.LARGEST) > largest, "seed " + seed + ": " + row);
            }
            assertEquals(0, rows.getLast().get(Quantity.DEAD), 0.1, "seed " + seed);
        }
        System.out.println(viewSize + " neighbours: in one piece after seven of ten failed " + count + " of 20 times");
        return count;
    }

    /** One cycle and twenty after the failure. */
    private static List<Observation> rightAfterAndLater(long seed, int viewSize) {
        var failing = conditions(0, null, List.of(new Failure(0.7, 21)), List.of());
        var scenario = new Scenario("test", Protocol.NEWSCAST, Mode.CYCLES, PEERS, 42, 21, seed,
                new Settings(viewSize, 1000, Start.RANDOM), failing);
        List<Observation> rows = new Simulation(scenario, 2, false).run(SimulationListener.NONE).rows();
        assertEquals(3000, rows.get(1).get(Quantity.UP), 200);
        assertTrue(rows.get(1).get(Quantity.DEAD) > 50, "seed " + seed + ": " + rows.get(1));
        return rows.subList(1, 3);
    }

    /** A Newscast in-degree varies about twice as much as a random graph's. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void inDegreesStayBalancedAndViewsFull(long seed) {
        Observation row = end(scenario(50, 0, seed, Start.RANDOM, QUIET));
        assertEquals(20, row.get(Quantity.LINKS), 1e-9);
        assertTrue(row.get(Quantity.IN_DEVIATION) < 2.5 * Math.sqrt(20), row::toString);
        assertTrue(row.get(Quantity.IN_MAX) < 6 * 20, row::toString);
        assertEquals(1, row.get(Quantity.COMPONENTS));
    }

    @Test
    void thePeersFindEachOtherWhenAllKnowTheFirstOneOnly() {
        Observation row = end(scenario(30, 0, 5, Start.STAR, QUIET));
        assertEquals(20, row.get(Quantity.LINKS), 0.01);
        assertTrue(row.get(Quantity.IN_MAX) < 6 * 20, row::toString);
        assertTrue(row.get(Quantity.PATH) < 5, row::toString);
    }

    @Test
    void peersThatComeAndGoLeaveFewDeadLinks() {
        var churn = conditions(0, new Distribution.Exponential(100), List.of(), List.of());
        Observation row = end(scenario(60, 0, 7, Start.RANDOM, churn));
        assertEquals(PEERS, row.get(Quantity.UP));
        assertTrue(row.get(Quantity.LARGEST) > 99.5, row::toString);
        assertTrue(row.get(Quantity.DEAD) > 0 && row.get(Quantity.DEAD) < 15, row::toString);
    }

    @Test
    void aShortPartitionHealsAndALongOneDoesNot() {
        Observation healed = end(scenario(40, 0, 3, Start.RANDOM, parted(20, 22)));
        assertEquals(1, healed.get(Quantity.COMPONENTS), healed::toString);
        Observation torn = end(scenario(80, 0, 3, Start.RANDOM, parted(20, 60)));
        assertEquals(70, torn.get(Quantity.LARGEST), 2, torn::toString);
    }

    private static Conditions parted(long from, long to) {
        return conditions(0, null, List.of(), List.of(new Partition(0.3, from, to)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void anyNumberOfThreadsGivesTheSameRows(long seed) {
        var rough = conditions(0.05, new Distribution.Weibull(50, 0.5), List.of(new Failure(0.3, 9)),
                List.of(new Partition(0.4, 5, 12)));
        Scenario scenario = scenario(15, 3, seed, Start.TREE, rough);
        List<List<Observation>> runs = new ArrayList<>();
        for (int threads : new int[] {1, 2, 5}) {
            runs.add(new Simulation(scenario, threads, false).run(SimulationListener.NONE).rows());
        }
        assertEquals(6, runs.getFirst().size());
        runs.forEach(rows -> assertEquals(runs.getFirst(), rows));
    }

    @Test
    void anotherSeedGivesOtherRows() {
        Observation one = end(scenario(5, 0, 1, Start.RANDOM, QUIET));
        Observation other = end(scenario(5, 0, 2, Start.RANDOM, QUIET));
        assertTrue(one.get(Quantity.IN_DEVIATION) != other.get(Quantity.IN_DEVIATION));
    }

    @Test
    void aStoppedRunTellsWhatThereIs() {
        var simulation = new Simulation(scenario(1000, 1, 1, Start.RANDOM, QUIET).withPeers(100), 1, false);
        Outcome outcome = simulation.run(new SimulationListener() {
            @Override
            public void observed(Observation row) {
                if (row.at() == 3) {
                    simulation.stop();
                }
            }
        });
        assertEquals(3, outcome.rows().getLast().at());
        assertTrue(!outcome.complete());
        assertEquals(300, outcome.turns());
    }

    @Test
    void aPeerTakesHardlyMoreThanItsView() {
        Outcome outcome = new Simulation(scenario(3, 0, 1, Start.RANDOM, QUIET).withPeers(300_000), 2, true)
                .run(SimulationListener.NONE);
        assertTrue(outcome.bytesPerPeer() > 60 && outcome.bytesPerPeer() < 140, "bytes: " + outcome.bytesPerPeer());
    }
}
