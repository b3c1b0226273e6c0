// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.virtual.Peers;
import io.peerwerk.gossip.virtual.VirtualSwim;

/** What the papers calculate, measured. */
class SwimPaperTest {

    private static final long PERIOD = 1000;
    private static final SwimOptions OPTIONS = SwimOptions.every(PERIOD);

    /**
     * Section 3.1 of SWIM: with a share q of members that work, the expected number of periods until some member first
     * probes one that has failed is 1 / (1 - e^-q). Here q is nearly one: one of 48 fails at a time. Each crash starts
     * from a moment of its own; 200 of them leave a standard error of 0.07 periods, and the margin is three of those.
     */
    @Test
    void theFirstProbeOfAFailedMemberComesWhenThePaperSays() {
        int crashes = 200;
        double periods = 0;
        for (int seed = 1; seed <= 4; seed++) {
            VirtualSwim swim = SwimNetworkTest.settled(seed, 48);
            var random = new SplittableRandom(seed);
            for (int i = 0; i < crashes / 4; i++) {
                swim.network.run(Duration.ofMillis(random.nextLong(2 * PERIOD)));
                periods += periodsUntilProbed(swim, 1 + random.nextInt(47));
            }
        }
        double mean = periods / crashes;
        double expected = 1 / (1 - Math.exp(-47.0 / 48));
        System.out.printf("first probe of a failed member in period %.3f on average, the paper says %.3f%n", mean,
                expected);
        assertEquals(expected, mean, 0.21);
    }

    /** The period after its crash in which somebody first probes this member. It is up again afterwards. */
    private static long periodsUntilProbed(VirtualSwim swim, int member) {
        long crashed = swim.network.millis();
        var probed = new AtomicLong(-1);
        swim.onAsk = (to, request) -> {
            if (to == member && request instanceof SwimMessage.Ping) {
                probed.compareAndSet(-1, swim.network.millis());
            }
        };
        swim.pause(member);
        swim.network.runUntil(() -> probed.get() >= 0, Duration.ofSeconds(60));
        swim.onAsk = (to, request) -> { };
        swim.resume(member);
        swim.converge(Duration.ofSeconds(30));
        swim.network.run(Duration.ofSeconds(5)); // the news is old then, and pings are probes again
        assertTrue(probed.get() >= 0, "nobody has looked");
        return (probed.get() - crashed) / PERIOD + 1;
    }

    /** Nobody dies of it in 48 x 300 periods of each run, and few come under suspicion. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void falsePositivesAreRareWhenAFifthOfAllPacketsIsLost(long seed) {
        VirtualSwim swim = SwimNetworkTest.settled(seed, 48);
        swim.told.clear();
        swim.network.loss = 0.2;
        swim.network.run(Duration.ofMinutes(5));
        long suspicions = swim.told.stream().filter(t -> t.now().state() == MemberState.SUSPECT)
                .map(t -> t.now().id() + " " + t.now().incarnation()).distinct().count();
        System.out.printf("14400 member periods at 20%% loss: %d suspicions, %d deaths%n", suspicions,
                swim.toldOf(MemberState.DEAD));
        assertEquals(0, swim.toldOf(MemberState.DEAD));
        assertTrue(suspicions < 14_400 / 100, suspicions + " suspicions");
        swim.network.loss = 0;
        swim.converge(Duration.ofSeconds(60));
        assertTrue(swim.allSeeAllAlive());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aDeathIsLearntInSpiteOfTwentyPercentLoss(long seed) {
        VirtualSwim swim = SwimNetworkTest.settled(seed, 48);
        swim.told.clear();
        swim.network.loss = 0.2;
        swim.crash(9);
        Duration took = swim.network.runUntil(() -> swim.allBelieve(9, MemberState.DEAD), Duration.ofSeconds(60));
        System.out.println("48 peers, 20% loss: silent death known to all after " + took);
        assertTrue(swim.allBelieve(9, MemberState.DEAD));
        assertEquals(Set.of(Peers.id(9)), deaths(swim));
    }

    /** Lifeguard's case: a member that hears little takes nobody else out with it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aMemberThatIsPausedAgainAndAgainTakesNobodyForDead(long seed) {
        VirtualSwim swim = SwimNetworkTest.settled(seed, 32);
        swim.told.clear();
        for (int i = 0; i < 20; i++) {
            swim.pause(4);
            swim.network.run(Duration.ofMillis(2500));
            swim.resume(4);
            swim.network.run(Duration.ofMillis(700));
        }
        swim.converge(Duration.ofSeconds(60));
        assertTrue(swim.allSeeAllAlive());
        Set<Object> dead = deaths(swim);
        dead.remove(Peers.id(4));
        assertEquals(Set.of(), dead);
    }

    @Test
    void aSuspicionShrinksWithTheLogarithmOfItsAccusersBetweenItsBounds() {
        long least = Math.round(3 * PERIOD * (2 * Math.log10(64) - 0.8));
        assertEquals(4 * least, OPTIONS.suspicionTimeout(64, 1), 4);
        assertEquals(2.5 * least, OPTIONS.suspicionTimeout(64, 2), 4); // log 2 / log 4 is a half
        assertEquals(least, OPTIONS.suspicionTimeout(64, 4), 1);
        assertEquals(least, OPTIONS.suspicionTimeout(64, 100), 1);
        assertEquals(3 * PERIOD, OPTIONS.suspicionTimeout(2, 1)); // nobody there to confirm it
        assertEquals(3 * PERIOD, OPTIONS.suspicionTimeout(3, 2));
        assertEquals(12 * PERIOD, OPTIONS.suspicionTimeout(3, 1));
        assertEquals(3 * PERIOD, OPTIONS.suspicionTimeout(7, 4)); // as in the smallest network
    }

    private static Set<Object> deaths(VirtualSwim swim) {
        return swim.told.stream().filter(t -> t.now().state() == MemberState.DEAD).map(t -> (Object) t.now().id())
                .collect(Collectors.toSet());
    }
}
