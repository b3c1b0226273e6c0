// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.tman;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.peerwerk.gossip.internal.wire.Contact;
import io.peerwerk.gossip.virtual.Peers;
import io.peerwerk.gossip.virtual.Rounds;

/** The topologies that come of random views. */
class TManNetworkTest {

    private static final TManOptions OPTIONS = TManOptions.every(1000);

    private SplittableRandom random;
    private Rounds<List<Node>, TMan> network;

    /** Cycles on average over the seeds: until 999 of 1,000 links of the ring are there, and until all are. */
    private record Convergence(double nearly, double all) {
    }

    /** Four times as many peers need two cycles more, however many there are. */
    @Test
    void theCyclesUntilARingIsThereGrowWithTheLogarithmOfThePeers() {
        int[] logs = {8, 10, 12, 14};
        Convergence[] measured = Arrays.stream(logs).mapToObj(log -> converge(log, 3)).toArray(Convergence[]::new);
        for (ToDoubleFunction<Convergence> which : List.<ToDoubleFunction<Convergence>>of(Convergence::nearly,
                Convergence::all)) {
            double[] cycles = Arrays.stream(measured).mapToDouble(which).toArray();
            double slope = (cycles[3] - cycles[0]) / (logs[3] - logs[0]);
            System.out.printf("%s cycles, %.2f for twice as many peers%n", Arrays.toString(cycles), slope);
            assertTrue(slope > 0 && slope <= 1.25, "slope " + slope);
            for (int i = 0; i < logs.length; i++) {
                double line = cycles[0] + slope * (logs[i] - logs[0]);
                assertEquals(line, cycles[i], 1, "2^" + logs[i] + " peers, on a line from the first to the last");
                assertTrue(cycles[i] <= logs[i], cycles[i] + " cycles for 2^" + logs[i] + " peers");
            }
        }
    }

    private Convergence converge(int log, int seeds) {
        double nearly = 0;
        double all = 0;
        for (long seed = 1; seed <= seeds; seed++) {
            start(1 << log, seed, Preference.RING, OPTIONS);
            Ring ring = ring();
            int first = cyclesUntil(() -> ring.there() >= 0.999, 60);
            int rest = ring.there() == 1 ? 0 : cyclesUntil(() -> ring.there() == 1, 60);
            nearly += first;
            all += first + rest;
        }
        System.out.printf("a ring of 2^%d peers: nearly after %.1f cycles, perfect after %.1f%n", log, nearly / seeds,
                all / seeds);
        return new Convergence(nearly / seeds, all / seeds);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void theViewsFillTheRoutingTablesOfKademlia(long seed) {
        int peers = 1024;
        start(peers, seed, Preference.XOR, OPTIONS);
        network.run(15);
        long[] keys = network.peers().stream().mapToLong(peer -> peer.self().key()).toArray();
        int wanted = 0;
        int found = 0;
        int nearest = 0;
        for (TMan peer : network.peers()) {
            long own = peer.self().key();
            int[] there = new int[65];
            int[] known = new int[65];
            Arrays.stream(keys).filter(key -> key != own).forEach(key -> there[Long.numberOfLeadingZeros(key ^ own)]++);
            peer.view().forEach(node -> known[Long.numberOfLeadingZeros(node.key() ^ own)]++);
            for (int bits = 0; bits < 64; bits++) {
                wanted += Math.min(4, there[bits]);
                found += Math.min(Math.min(4, there[bits]), known[bits]);
            }
            long closest = Arrays.stream(keys).filter(key -> key != own).map(key -> key ^ own)
                    .boxed().min(Long::compareUnsigned).orElseThrow();
            nearest += peer.view().stream().anyMatch(node -> (node.key() ^ own) == closest) ? 1 : 0;
        }
        System.out.printf("routing tables: %d of %d places filled, %d of %d know their nearest peer%n", found, wanted,
                nearest, peers);
        assertTrue(found >= 0.99 * wanted, found + " of " + wanted);
        assertTrue(nearest >= 0.99 * peers, nearest + " know their nearest");
    }

    /** Peers in a plane, the time between two of them their distance. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void thoseWithAShortRoundTripFindEachOther(long seed) {
        int peers = 300;
        start(peers, seed, Preference.PROXIMITY, OPTIONS.exploringEvery(2));
        double[] x = random.doubles(peers, 0, 200).toArray();
        double[] y = random.doubles(peers, 0, 200).toArray();
        network.nanos = (a, b) -> (long) (1e6 * (1 + Math.hypot(x[a] - x[b], y[a] - y[b])));
        network.run(160);
        double near = meanRoundTrip(i -> network.peer(i).view().stream().limit(10)
                .mapToInt(node -> network.number(node.id())));
        double all = meanRoundTrip(i -> IntStream.generate(() -> network.other(i)).limit(10));
        double ideal = meanRoundTrip(i -> IntStream.range(0, peers).filter(j -> j != i).boxed()
                .sorted(Comparator.comparingLong(j -> network.nanos.applyAsLong(i, j))).limit(10).mapToInt(j -> j));
        System.out.printf("round trip to the ten nearest %.1f ms, at best %.1f, to any ten %.1f%n", near, ideal, all);
        assertTrue(near < 0.8 * all, near + " ms of " + all);
    }

    @Test
    void theRingClosesAgainAfterATenthHasFailed() {
        start(1000, 4, Preference.RING, OPTIONS);
        cyclesUntil(this::isPerfectRing, 60);
        IntStream.range(0, 1000).filter(i -> i % 10 == 0).forEach(i -> network.up[i] = false);
        network.sample = number -> Stream.generate(() -> network.other(number)).filter(i -> network.up[i]).limit(2)
                .map(network::contact).toList();
        System.out.printf("a tenth failed: a ring again after %d cycles%n", cyclesUntil(this::isPerfectRing, 100));
        assertTrue(isPerfectRing());
    }

    private double meanRoundTrip(IntFunction<IntStream> neighbours) {
        return IntStream.range(0, network.peers().size()).mapToDouble(i -> neighbours.apply(i)
                .mapToLong(j -> network.nanos.applyAsLong(i, j)).average().orElseThrow()).average().orElseThrow() / 1e6;
    }

    private void start(int peers, long seed, Preference preference, TManOptions options) {
        System.out.println("seed " + seed);
        random = new SplittableRandom(seed);
        network = new Rounds<>(peers, random, i -> new TMan(Peers.contact(i), preference, options, random));
        network.sample = number -> sample(number, network.peer(number).view().isEmpty() ? 20 : 2);
    }

    private List<Contact> sample(int number, int count) {
        return IntStream.range(0, count).mapToObj(i -> network.contact(network.other(number))).toList();
    }

    private int cyclesUntil(BooleanSupplier condition, int limit) {
        for (int cycle = 1; cycle <= limit; cycle++) {
            network.run(1);
            if (condition.getAsBoolean()) {
                return cycle;
            }
        }
        return limit + 1;
    }

    private boolean isPerfectRing() {
        return ring().there() == 1;
    }

    /** Those that are up. */
    private Ring ring() {
        return new Ring(IntStream.range(0, network.peers().size()).filter(i -> network.up[i]).mapToObj(network::peer)
                .sorted((a, b) -> Long.compareUnsigned(a.self().key(), b.self().key())).toArray(TMan[]::new));
    }

    /** Peers in the order of their keys. */
    private record Ring(TMan[] peers) {

        /** The share of the links to the next and the previous peer that are there. */
        double there() {
            int count = 0;
            for (int i = 0; i < peers.length; i++) {
                List<Node> view = peers[i].view();
                count += has(view, 0, (i + 1) % peers.length) ? 1 : 0;
                count += has(view, 1, (i + peers.length - 1) % peers.length) ? 1 : 0;
            }
            return count / (2.0 * peers.length);
        }

        private boolean has(List<Node> view, int place, int peer) {
            return place < view.size() && view.get(place).key() == peers[peer].self().key();
        }
    }

    @Test
    void ofTwoPeersEachIsTheOthersNeighbour() {
        start(2, 5, Preference.RING, OPTIONS);
        network.run(2);
        assertEquals(List.of(Peers.id(1)), network.peer(0).view().stream().map(Node::id).toList());
    }
}
