// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.Role;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.virtual.Peers;
import io.peerwerk.gossip.virtual.VirtualNetwork;
import io.peerwerk.gossip.virtual.VirtualSwim;

/** What SWIM promises, on a network with a clock of its own. */
class SwimNetworkTest {

    private static final long PERIOD = 1000;
    private static final SwimOptions OPTIONS = SwimOptions.every(PERIOD);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aNewcomerLearnsAllMembersWithinFewPeriods(long seed) {
        var swim = settled(seed, 64);
        swim.start(64, 5);
        Duration took = swim.network.runUntil(() -> swim.swim(64).members().size() == 64, Duration.ofSeconds(10));
        System.out.println("a newcomer knows 64 members after " + took);
        assertEquals(64, swim.swim(64).members().size());
        assertTrue(took.toMillis() <= PERIOD);
        Duration known = swim.network.runUntil(() -> swim.allBelieve(64, MemberState.ALIVE), Duration.ofSeconds(10));
        System.out.println("and is known to all after another " + known);
        assertTrue(swim.allBelieve(64, MemberState.ALIVE));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyoneLearnsOfADeathInBoundedTime(long seed) {
        var swim = settled(seed, 64);
        swim.crash(17);
        Duration took = swim.network.runUntil(() -> swim.allBelieve(17, MemberState.DEAD), Duration.ofSeconds(60));
        System.out.println("64 peers: silent death known to all after " + took);
        assertTrue(swim.allBelieve(17, MemberState.DEAD));
        // first probe within a few periods, then the suspicion, then the rumour
        assertTrue(took.toMillis() <= 6 * PERIOD + OPTIONS.suspicionTimeout(64, 3) + 4 * PERIOD, took.toString());
        assertEquals(0, falseDeaths(swim, Set.of(17)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aKilledProcessOfEightIsDeadForAllWithinFiveSeconds(long seed) {
        var swim = settled(seed, 8);
        swim.kill(3);
        swim.kill(5);
        swim.kill(7);
        Duration took = swim.network.runUntil(() -> IntStream.of(3, 5, 7)
                .allMatch(dead -> swim.allBelieve(dead, MemberState.DEAD)), Duration.ofSeconds(60));
        System.out.println("8 peers, 3 killed, connections lost: known to all after " + took);
        assertTrue(took.toMillis() <= 5000, took.toString());
        assertEquals(0, falseDeaths(swim, Set.of(3, 5, 7)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void nobodyIsTakenForDeadWithTenPercentLoss(long seed) {
        var swim = settled(seed, 48);
        swim.told.clear();
        swim.network.loss = 0.1;
        swim.network.run(Duration.ofMinutes(5));
        System.out.printf("300 periods of 48 peers at 10%% loss: %d changes to SUSPECT%n",
                swim.toldOf(MemberState.SUSPECT));
        assertEquals(0, swim.toldOf(MemberState.DEAD));
        assertEquals(0, swim.toldOf(MemberState.LEFT));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aDeathIsLearntInSpiteOfTenPercentLoss(long seed) {
        var swim = settled(seed, 32);
        swim.network.loss = 0.1;
        swim.crash(9);
        Duration took = swim.network.runUntil(() -> swim.allBelieve(9, MemberState.DEAD), Duration.ofSeconds(60));
        System.out.println("32 peers, 10% loss: silent death known to all after " + took);
        assertTrue(swim.allBelieve(9, MemberState.DEAD));
        assertEquals(0, falseDeaths(swim, Set.of(9)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aPeerThatWasAwayForAMomentContradicts(long seed) {
        var swim = settled(seed, 32);
        swim.told.clear();
        long before = swim.swim(4).self().incarnation();
        swim.pause(4);
        swim.network.runUntil(() -> swim.toldOf(MemberState.SUSPECT) > 0, Duration.ofSeconds(20));
        swim.resume(4);
        swim.network.run(Duration.ofSeconds(10));
        assertTrue(swim.swim(4).self().incarnation() > before);
        assertTrue(swim.allSeeAllAlive());
        assertEquals(0, swim.toldOf(MemberState.DEAD));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aPeerThatWakesUpDoesNotHoldTheOthersForDead(long seed) {
        var swim = settled(seed, 16);
        swim.pause(4);
        swim.network.run(Duration.ofMinutes(2));
        assertTrue(swim.allBelieve(4, MemberState.DEAD));
        swim.told.clear();
        swim.resume(4);
        Duration took = swim.converge(Duration.ofMinutes(2));
        System.out.println("16 peers, one asleep for two minutes: all alive again after " + took);
        assertTrue(swim.allSeeAllAlive());
        assertEquals(0, swim.told.stream().filter(t -> t.by() == 4 && t.now().state() == MemberState.DEAD).count());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void toLeaveIsNotToDie(long seed) {
        var swim = settled(seed, 64);
        swim.leave(12);
        Duration took = swim.network.runUntil(() -> swim.allBelieve(12, MemberState.LEFT), Duration.ofSeconds(30));
        System.out.println("64 peers: a leave known to all after " + took);
        assertTrue(swim.allBelieve(12, MemberState.LEFT));
        swim.network.run(Duration.ofSeconds(20));
        assertEquals(0, swim.toldOf(MemberState.DEAD));
        assertTrue(swim.allBelieve(12, MemberState.LEFT));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aProcessThatStartsAgainComesBack(long seed) {
        var swim = settled(seed, 16);
        swim.crash(6);
        swim.network.runUntil(() -> swim.allBelieve(6, MemberState.DEAD), Duration.ofSeconds(30));
        swim.start(6, 0);
        Duration took = swim.converge(Duration.ofSeconds(30));
        System.out.println("16 peers: a restarted one alive for all after " + took);
        assertTrue(swim.allSeeAllAlive());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aProcessThatLeavesAndStartsAgainInTheSameSecondComesBack(long seed) {
        var swim = settled(seed, 8);
        for (int i = 0; i < 5; i++) { // runs ahead of the clock's seconds
            swim.handle(6, new SwimInput.Announce(List.of(Peers.address(6)), 1000 + i, Set.of()));
        }
        swim.network.run(Duration.ofMillis(100));
        swim.leave(6);
        swim.network.run(Duration.ofMillis(100));
        swim.start(6, 0);
        swim.converge(Duration.ofSeconds(10));
        assertTrue(swim.allSeeAllAlive());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aPeerWithoutBootstrapAddressThatStartsAgainIsFoundByTheOthers(long seed) {
        var swim = settled(seed, 8);
        swim.leave(0);
        swim.network.runUntil(() -> swim.allBelieve(0, MemberState.LEFT), Duration.ofSeconds(10));
        swim.start(0, 0);
        Duration took = swim.converge(Duration.ofMinutes(1));
        System.out.println("8 peers: found again after " + took);
        assertTrue(swim.allSeeAllAlive());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aPartitionThatHealsIsMerged(long seed) {
        var swim = settled(seed, 64);
        Set<Integer> half = IntStream.range(0, 32).boxed().collect(Collectors.toSet());
        swim.network.separate(half);
        Duration apart = swim.network.runUntil(() -> swim.allPairs((a, b) -> half.contains(a) == half.contains(b)
                || swim.belief(a, b).orElseThrow() == MemberState.DEAD), Duration.ofMinutes(5));
        assertTrue(swim.allPairs((a, b) -> swim.belief(a, b).orElseThrow()
                == (half.contains(a) == half.contains(b) ? MemberState.ALIVE : MemberState.DEAD)));
        swim.network.run(Duration.ofMinutes(2));
        swim.told.clear();
        swim.network.heal();
        Duration took = swim.converge(Duration.ofMinutes(3));
        System.out.println("two halves of 64: apart after " + apart + ", one again after " + took);
        assertTrue(swim.allSeeAllAlive());
        assertEquals(0, swim.toldOf(MemberState.DEAD));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void newAddressesOffersAndRolesReachEveryone(long seed) {
        var swim = settled(seed, 64);
        Set<Role> roles = Set.of(Role.STORAGE, Role.RELAY);
        swim.handle(20, new SwimInput.Announce(List.of(Peers.address(7777)), 10_000_000_000L, roles));
        Duration took = swim.network.runUntil(() -> swim.up().stream().filter(i -> i != 20).allMatch(i -> {
            Member member = swim.swim(i).find(Peers.id(20)).orElseThrow();
            return member.offer() == 10_000_000_000L && member.addresses().equals(List.of(Peers.address(7777)))
                    && member.roles().equals(roles);
        }), Duration.ofSeconds(20));
        System.out.println("64 peers: a new offer known to all after " + took);
        assertTrue(took.toMillis() < 10 * PERIOD);
    }

    @ParameterizedTest
    @ValueSource(longs = {1})
    void thoseWhoAreGoneAreForgottenAfterAWhile(long seed) {
        var swim = settled(seed, 8);
        swim.crash(2);
        swim.leave(3);
        swim.network.run(Duration.ofMillis(OPTIONS.forgetGone() + 30 * PERIOD));
        assertTrue(swim.up().stream().allMatch(i -> swim.belief(i, 2).isEmpty() && swim.belief(i, 3).isEmpty()));
        assertTrue(swim.allSeeAllAlive());
    }

    @ParameterizedTest
    @ValueSource(longs = {1})
    void aQuietNetworkCostsTwoExchangesAPeriod(long seed) {
        var swim = settled(seed, 64);
        swim.network.run(Duration.ofSeconds(10));
        long messages = swim.network.sent();
        long bytes = swim.bytes();
        swim.network.run(Duration.ofSeconds(100));
        System.out.printf("at rest: %.2f messages, %.0f bytes a member and second%n",
                (swim.network.sent() - messages) / 6400.0, (swim.bytes() - bytes) / 6400.0);
        // a probe and its answer; now and then a comparison
        assertTrue((swim.network.sent() - messages) / 6400.0 < 2.5);
    }

    @ParameterizedTest
    @ValueSource(longs = {11})
    void theSameSeedGivesTheSameRun(long seed) {
        assertEquals(history(seed), history(seed));
        assertFalse(history(seed).equals(history(seed + 1)));
    }

    private static List<VirtualSwim.Told> history(long seed) {
        var swim = settled(seed, 16);
        swim.network.loss = 0.2;
        swim.crash(3);
        swim.network.run(Duration.ofSeconds(60));
        return swim.told;
    }

    static VirtualSwim settled(long seed, int count) {
        var swim = new VirtualSwim(new VirtualNetwork(seed), OPTIONS);
        swim.start(count);
        Duration took = swim.converge(Duration.ofMinutes(2));
        assertTrue(swim.allSeeAllAlive(), "the peers have not found each other");
        System.out.println(count + " peers know each other after " + took);
        swim.network.run(Duration.ofSeconds(5));
        return swim;
    }

    private static long falseDeaths(VirtualSwim swim, Set<Integer> dead) {
        Set<Object> ids = dead.stream().map(Peers::id).collect(Collectors.toSet());
        return swim.told.stream().map(VirtualSwim.Told::now)
                .filter(member -> member.state() == MemberState.DEAD && !ids.contains(member.id())).count();
    }
}
