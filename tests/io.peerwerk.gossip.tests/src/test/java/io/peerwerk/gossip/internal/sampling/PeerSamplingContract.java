// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.peerwerk.gossip.internal.cycle.WireFormat;
import io.peerwerk.gossip.internal.wire.Contact;
import io.peerwerk.gossip.virtual.Peers;
import io.peerwerk.gossip.virtual.VirtualCycles;
import io.peerwerk.gossip.virtual.Views;
import io.peerwerk.gossip.virtual.VirtualNetwork;

/** What every peer-sampling protocol promises, on a network with a clock of its own. A cycle is a second. */
abstract class PeerSamplingContract<M> {

    static final int PERIOD = 1000;
    private static final int HUBS = 20;
    private static final int HONEST = 180;

    /** How a peer samples, about twenty neighbours at a time, one exchange a {@link #PERIOD}. */
    abstract PeerSampler<M> sampler(Contact self, RandomGenerator random);

    abstract WireFormat<M> format();

    /** What an attacker sends that hands out these peers, as fresh as can be. */
    abstract M hubs(List<Contact> contacts);

    /** The share of the places in honest views that a tenth of attackers gets at most, when they push as hard as they can. */
    abstract double shareOfHubs();

    /** How many times the in-degrees may deviate as much as in a random graph. */
    double unevenness() {
        return 1.5;
    }

    private final Map<Integer, PeerSampler<M>> samplers = new HashMap<>();
    private VirtualCycles<M> cycles;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void theOverlayHangsTogetherAndNobodyIsForgottenOrFamous(long seed) {
        start(seed, 128);
        for (int round = 0; round < 10; round++) {
            run(2);
            assertEquals(128, largestComponent());
        }
        int[] degrees = inDegrees();
        double mean = Arrays.stream(degrees).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(degrees).mapToDouble(d -> (d - mean) * (d - mean)).average()
                .orElseThrow());
        int lowest = Arrays.stream(degrees).min().orElseThrow();
        int highest = Arrays.stream(degrees).max().orElseThrow();
        System.out.printf("%s: in-degree %.1f, from %d to %d, deviation %.2f%n", name(), mean, lowest, highest,
                deviation);
        // In a random graph the deviation is the root of the mean.
        assertTrue(deviation < unevenness() * Math.sqrt(mean), "deviation " + deviation);
        assertTrue(lowest >= 1 && highest <= 5 * mean, lowest + " to " + highest);
        assertTrue(mean >= 12, "in-degree " + mean);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void noViewHoldsItsOwnerOrAPeerTwice(long seed) {
        start(seed, 64);
        for (int i : cycles.up()) {
            List<Integer> view = view(i);
            assertTrue(view.size() <= 24);
            assertEquals(view.size(), new HashSet<>(view).size());
            assertTrue(!view.contains(i));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void halfOfThePeersFailAndTheOthersForgetThem(long seed) {
        start(seed, 128);
        crash(128, 0.5);
        assertEquals(cycles.up().size(), largestComponent());
        Duration took = cycles.network.runUntil(() -> share(i -> !cycles.isUp(i)) < 0.01, Duration.ofSeconds(200));
        System.out.printf("%s: half fail, forgotten after %d cycles%n", name(), took.toSeconds());
        assertTrue(share(i -> !cycles.isUp(i)) < 0.01, "share " + share(i -> !cycles.isUp(i)));
        assertEquals(cycles.up().size(), largestComponent());
        assertTrue(cycles.up().stream().allMatch(i -> view(i).size() >= 8));
    }

    /**
     * With one neighbour of twenty left the survivors are in several pieces; each forgets the dead by itself, and one
     * known peer, as the bootstrap tells it to those that are alone, makes one overlay of them again.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aTwentiethSurvivesForgetsTheOthersAndIsOneOverlayOnceToldOfOne(long seed) {
        start(seed, 400);
        crash(400, 0.95);
        run(80);
        int together = largestComponent();
        double dead = share(i -> !cycles.isUp(i));
        int one = cycles.up().getFirst();
        cycles.up().forEach(i -> samplers.get(i).seed(Peers.contact(one)));
        run(40);
        System.out.printf("%s: of %d survivors %d hang together, %.0f%% of their entries are dead; told of one: %d%n",
                name(), cycles.up().size(), together, 100 * dead, largestComponent());
        assertEquals(cycles.up().size(), largestComponent());
        assertTrue(share(i -> !cycles.isUp(i)) < shareOfTheDead(), "share " + share(i -> !cycles.isUp(i)));
    }

    /** How much of the views the dead may hold 120 cycles after nearly all have died. */
    double shareOfTheDead() {
        return 0.25;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void newcomersAreSoonLikeTheOthers(long seed) {
        start(seed, 128);
        for (int i = 128; i < 160; i++) {
            start(i, 0); // all through the same one
        }
        run(40);
        assertEquals(160, largestComponent());
        int[] newcomers = Arrays.copyOfRange(inDegrees(), 128, 160);
        assertTrue(Arrays.stream(newcomers).average().orElseThrow() >= 8, Arrays.toString(newcomers));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void theOverlayHangsTogetherWithTwentyPercentLoss(long seed) {
        start(seed, 128);
        cycles.network.loss = 0.2;
        run(200);
        assertEquals(128, largestComponent());
    }

    /** A tenth of the peers hand out only each other, always as young as can be, and ask more often than they may. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void honestPeersKeepHonestNeighboursWhenATenthPushesItself(long seed) {
        start(seed, HUBS + HONEST);
        var random = new SplittableRandom(seed);
        IntStream.range(0, HUBS).forEach(cycles.attackers::add);
        cycles.attack = (number, request) -> hubs(some(random));
        push(random);
        double mean = 0;
        for (int round = 0; round < 20; round++) {
            run(10);
            mean += share(cycles.attackers::contains) / 10;
            if (round == 9) {
                mean = 0; // the first hundred cycles are not yet the worst
            }
        }
        double honest = cycles.up().stream().mapToLong(i -> view(i).stream().filter(j -> j >= HUBS).count()).average()
                .orElseThrow();
        long alone = cycles.up().stream().filter(i -> view(i).stream().noneMatch(j -> j >= HUBS)).count();
        System.out.printf("%s: a tenth are hubs and get %.0f%% of the places; honest peers keep %.1f honest neighbours, "
                + "%d have none, %d hang together%n", name(), 100 * mean, honest, alone, largestComponent());
        assertTrue(mean <= shareOfHubs(), "share " + mean);
        if (shareOfHubs() < 1) {
            assertTrue(alone == 0, alone + " have no honest neighbour");
            assertTrue(largestComponent() >= HONEST * 0.97, "component of " + largestComponent());
        }
    }

    /** Each hub asks three random peers a cycle. */
    private void push(SplittableRandom random) {
        for (int hub : List.copyOf(cycles.attackers)) {
            for (int i = 0; i < 3; i++) {
                List<Contact> contacts = some(random);
                contacts.set(0, Peers.contact(hub));
                cycles.ask(hub, HUBS + random.nextInt(HONEST), hubs(contacts), answer -> { });
            }
        }
        cycles.network.after(PERIOD, () -> push(random));
    }

    private static List<Contact> some(SplittableRandom random) {
        int first = random.nextInt(HUBS);
        return new ArrayList<>(
                IntStream.range(0, 10).mapToObj(i -> Peers.contact((first + i) % HUBS)).toList());
    }

    private void start(long seed, int count) {
        cycles = new VirtualCycles<>(new VirtualNetwork(seed), format());
        SplittableRandom random = cycles.network.random();
        IntStream.range(0, count).forEach(i -> start(i, i == 0 ? 0 : random.nextInt(i)));
        run(40);
        assertEquals(count, largestComponent());
    }

    /** The clock of all peers. */
    InstantSource clock() {
        return cycles.network.clock();
    }

    private void start(int number, int knows) {
        PeerSampler<M> sampler = sampler(Peers.contact(number), cycles.network.random());
        sampler.seed(Peers.contact(knows));
        samplers.put(number, sampler);
        cycles.start(number, sampler, PERIOD);
    }

    private void crash(int count, double share) {
        SplittableRandom random = cycles.network.random();
        IntStream.range(0, count).filter(i -> random.nextDouble() < share).forEach(cycles::crash);
    }

    private void run(int rounds) {
        cycles.network.run(Duration.ofMillis((long) rounds * PERIOD));
    }

    private List<Integer> view(int number) {
        return samplers.get(number).view().stream().map(contact -> cycles.number(contact.id())).toList();
    }

    private String name() {
        return getClass().getSimpleName();
    }

    private Views views() {
        return new Views(cycles.up(), this::view);
    }

    private int[] inDegrees() {
        return views().inDegrees();
    }

    private double share(IntPredicate which) {
        return views().share(which);
    }

    private int largestComponent() {
        return views().largestComponent();
    }
}
