// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.slicing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.peerwerk.gossip.virtual.Peers;
import io.peerwerk.gossip.virtual.Rounds;

/** How well peers find their slices, by both ways. */
class SlicingNetworkTest {

    private static final int PEERS = 400;
    private static final int SLICES = 10;
    private static final SlicingOptions OPTIONS = SlicingOptions.every(1000);

    private double[] attributes;
    private int[] rank;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theRankingGetsBelowTheDisorderAtWhichTheOrderingStays(long seed) {
        draw(seed);
        var random = new SplittableRandom(seed);
        var ordering = new Rounds<SlicingMessage, Ordering>(PEERS, random,
                i -> new Ordering(Peers.id(i), attributes[i], OPTIONS, random));
        var ranking = new Rounds<SlicingMessage, Ranking>(PEERS, random,
                i -> new Ranking(Peers.id(i), attributes[i], OPTIONS, random));
        ordering.run(300);
        double ordered = disorder(ordering);
        double stays = disorderOnceInOrder(ordering);
        System.out.printf("seed %d, 300 cycles: disorder by ordering %.4f slices a peer, %.4f once all is in order%n", seed,
                ordered, stays);
        assertTrue(ordered >= 0.9 * stays, "numbers are not made, only swapped");
        double before = Double.MAX_VALUE;
        for (int cycles = 150; cycles <= 1500; cycles *= 10) {
            ranking.run(cycles);
            double now = disorder(ranking);
            System.out.printf("seed %d, %d cycles: disorder by ranking %.4f slices a peer%n", seed, cycles, now);
            assertTrue(now < before);
            before = now;
        }
        assertTrue(before < stays / 2, before + " of " + stays);
    }

    @Test
    void aTenthThatLiesAboutItselfMovesTheOthersByItsShareAtMost() {
        draw(4);
        var random = new SplittableRandom(4);
        var ranking = new Rounds<SlicingMessage, Ranking>(PEERS, random,
                i -> new Ranking(Peers.id(i), attributes[i], OPTIONS, random));
        ranking.lie = (number, message) -> number % 10 == 0
                ? new SlicingMessage(SlicingMessage.MAX_ATTRIBUTE, 0) : message;
        ranking.run(1000);
        double worst = IntStream.range(0, PEERS).filter(i -> i % 10 != 0)
                .mapToDouble(i -> Math.abs(ranking.peer(i).position() - (rank[i] + 0.5) / PEERS)).max().orElseThrow();
        System.out.printf("a tenth lie: no honest peer is off by more than %.3f%n", worst);
        assertTrue(worst <= 0.12, "off by " + worst);
    }

    @Test
    void aChangedAttributeIsFollowed() {
        draw(5);
        var random = new SplittableRandom(5);
        var ranking = new Rounds<SlicingMessage, Ranking>(PEERS, random,
                i -> new Ranking(Peers.id(i), attributes[i], new SlicingOptions(1000, 200, 1000), random));
        ranking.run(300);
        int weakest = IntStream.range(0, PEERS).filter(i -> rank[i] == 0).findFirst().orElseThrow();
        assertTrue(ranking.peer(weakest).position() < 0.05);
        ranking.peer(weakest).attribute(1e18);
        assertTrue(ranking.peer(weakest).position() > 0.95);
        assertEquals(200, ranking.peer(weakest).seen());
        assertTrue(ranking.peer(weakest).error(0) < 0.02);
        assertEquals(0, ranking.peer(weakest).error(201));
    }

    /** Slices that a peer believes to be in, away from the one it is in: the mean over the peers. */
    private double disorder(Rounds<SlicingMessage, ? extends Slicing> peers) {
        return IntStream.range(0, PEERS).mapToDouble(i -> Math.abs(slice(peers.peer(i).position())
                - slice((rank[i] + 0.5) / PEERS))).average().orElseThrow();
    }

    private static int slice(double position) {
        return Math.min(SLICES - 1, (int) (SLICES * position));
    }

    /** The disorder that remains when each peer has the number of its rank among all numbers drawn. */
    private double disorderOnceInOrder(Rounds<SlicingMessage, Ordering> peers) {
        double[] numbers = peers.peers().stream().mapToDouble(Ordering::position).sorted().toArray();
        return IntStream.range(0, PEERS).mapToDouble(r -> Math.abs(slice(numbers[r]) - slice((r + 0.5) / PEERS)))
                .average().orElseThrow();
    }

    /** Attributes of which many are equal, as offers are. */
    private void draw(long seed) {
        var random = new SplittableRandom(seed);
        attributes = IntStream.range(0, PEERS).mapToDouble(i -> 1e9 * random.nextInt(100)).toArray();
        rank = new int[PEERS];
        int[] order = IntStream.range(0, PEERS).boxed().sorted(Comparator.<Integer>comparingDouble(i -> attributes[i])
                .thenComparing(Peers::id)).mapToInt(i -> i).toArray();
        IntStream.range(0, PEERS).forEach(r -> rank[order[r]] = r);
    }
}
