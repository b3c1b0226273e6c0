// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.cyclon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.peerwerk.gossip.virtual.Peers;
import io.peerwerk.gossip.virtual.VirtualCyclon;
import io.peerwerk.gossip.virtual.VirtualNetwork;

/** What Cyclon promises, on a network with a clock of its own. */
class CyclonNetworkTest {

    private static final CyclonOptions OPTIONS = CyclonOptions.every(1000);
    private static final int HUBS = 20;
    private static final int HONEST = 180;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void theOverlayHangsTogetherAndNobodyIsForgottenOrFamous(long seed) {
        var cyclon = mixed(seed, 128, OPTIONS);
        for (int round = 0; round < 20; round++) {
            cyclon.network.run(Duration.ofSeconds(1));
            assertEquals(128, cyclon.largestComponent());
        }
        int[] degrees = cyclon.inDegrees();
        double deviation = VirtualCyclon.standardDeviation(degrees);
        int highest = Arrays.stream(degrees).max().orElseThrow();
        int lowest = Arrays.stream(degrees).min().orElseThrow();
        System.out.printf("in-degree of 128: %d to %d, standard deviation %.2f%n", lowest, highest, deviation);
        // In a random graph of this kind it would be sqrt(20) = 4.5; swapping keeps it below.
        assertTrue(deviation < 4.5, "standard deviation " + deviation);
        assertTrue(lowest >= 5 && highest <= 40, lowest + " to " + highest);
        assertTrue(cyclon.up().stream().allMatch(i -> cyclon.view(i).size() >= 17));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void noViewHoldsItsOwnerOrAPeerTwice(long seed) {
        var cyclon = mixed(seed, 64, OPTIONS);
        for (int i : cyclon.up()) {
            List<Integer> view = cyclon.view(i);
            assertTrue(view.size() <= OPTIONS.viewSize());
            assertEquals(view.size(), new HashSet<>(view).size());
            assertTrue(!view.contains(i));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void halfOfThePeersFailAndTheOthersForgetThem(long seed) {
        var cyclon = mixed(seed, 128, OPTIONS);
        for (int i = 0; i < 128; i += 2) {
            cyclon.crash(i);
        }
        assertEquals(64, cyclon.largestComponent());
        Duration took = cyclon.network.runUntil(() -> cyclon.share(i -> !cyclon.isUp(i)) == 0, Duration.ofSeconds(100));
        System.out.println("128 peers, half fail: no trace of them after " + took);
        assertTrue(cyclon.share(i -> !cyclon.isUp(i)) < 0.01);
        assertEquals(64, cyclon.largestComponent());
        assertTrue(cyclon.up().stream().allMatch(i -> cyclon.view(i).size() >= 10));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void newcomersAreSoonLikeTheOthers(long seed) {
        var cyclon = mixed(seed, 128, OPTIONS);
        for (int i = 128; i < 160; i++) {
            cyclon.start(i, 0); // all through the same one
        }
        cyclon.network.run(Duration.ofSeconds(40));
        assertEquals(160, cyclon.largestComponent());
        int[] degrees = cyclon.inDegrees();
        int[] newcomers = Arrays.copyOfRange(degrees, 128, 160);
        System.out.printf("in-degree of newcomers: mean %.1f of %.1f%n",
                Arrays.stream(newcomers).average().orElseThrow(), Arrays.stream(degrees).average().orElseThrow());
        assertTrue(Arrays.stream(newcomers).min().orElseThrow() >= 3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void theOverlayHangsTogetherWithTwentyPercentLoss(long seed) {
        var cyclon = mixed(seed, 128, OPTIONS);
        cyclon.network.loss = 0.2;
        cyclon.network.run(Duration.ofSeconds(200));
        assertEquals(128, cyclon.largestComponent());
        System.out.printf("in-degree of 128 at 20%% loss: %s%n", Arrays.stream(cyclon.inDegrees()).summaryStatistics());
    }

    /**
     * A tenth of the peers name only each other, always as young as can be, and ask more often than they may. Without a
     * remedy every view ends up full of them; the honest ones must keep honest neighbours and hang together.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void hubsThatPushThemselvesDoNotTakeOverTheViews(long seed) {
        var cyclon = mixed(seed, HUBS + HONEST, OPTIONS);
        for (int i = 0; i < HUBS; i++) {
            cyclon.attackers.add(i);
        }
        var random = new SplittableRandom(seed);
        cyclon.attack = (number, entries) -> hubEntries(random);
        cyclon.network.after(1, () -> push(cyclon, random));
        cyclon.network.run(Duration.ofSeconds(100));

        double share = cyclon.share(cyclon.attackers::contains);
        System.out.printf("a tenth are hubs: they get %.0f%% of the places%n", 100 * share);
        assertTrue(share < 0.75, "share " + share);
        assertTrue(cyclon.largestComponent() >= HONEST * 0.98, "component of " + cyclon.largestComponent());
        assertTrue(cyclon.up().stream().allMatch(i -> cyclon.view(i).size() <= OPTIONS.viewSize()));
    }

    /** Each hub asks three random peers a second. */
    private static void push(VirtualCyclon cyclon, SplittableRandom random) {
        for (int hub : List.copyOf(cyclon.attackers)) {
            for (int i = 0; i < 3; i++) {
                cyclon.shuffle(hub, HUBS + random.nextInt(HONEST), hubEntries(random), answer -> { });
            }
        }
        cyclon.network.after(1000, () -> push(cyclon, random));
    }

    private static List<Entry> hubEntries(SplittableRandom random) {
        List<Entry> entries = new ArrayList<>();
        int first = random.nextInt(HUBS);
        for (int i = 0; i < OPTIONS.shuffleLength(); i++) {
            entries.add(new Entry(Peers.contact((first + i) % HUBS), 0));
        }
        return entries;
    }

    private static VirtualCyclon mixed(long seed, int count, CyclonOptions options) {
        var cyclon = new VirtualCyclon(new VirtualNetwork(seed), options);
        cyclon.start(count);
        cyclon.network.run(Duration.ofSeconds(60));
        assertEquals(count, cyclon.largestComponent());
        return cyclon;
    }
}
