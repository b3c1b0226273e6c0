// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurabilityPlanTest {

    private static final long GIGABYTE = 1_000_000_000;

    private static NetworkConditions network(int peers) {
        return new NetworkConditions(peers, Duration.ofDays(30), Duration.ofMinutes(30));
    }

    private static DurabilityPlan plan(int peers) {
        return DurabilityPlan.of(DurabilityTarget.standard(), network(peers), GIGABYTE);
    }

    private static double overhead(DurabilityPlan plan) {
        return (double) plan.shards().totalShards() / plan.shards().dataShards();
    }

    @Property(tries = 100)
    void aPlanKeepsItsTargetByTheModelOrSaysThatItCannot(@ForAll @IntRange(min = 1, max = 3000) int peers,
            @ForAll @IntRange(min = 1, max = 2000) int hours, @ForAll @IntRange(min = 1, max = 3000) int minutes,
            @ForAll @LongRange(min = 0, max = 1L << 33) long bytes) {
        DurabilityTarget target = DurabilityTarget.standard();
        NetworkConditions network = new NetworkConditions(peers, Duration.ofHours(hours), Duration.ofMinutes(minutes));
        DurabilityPlan plan = DurabilityPlan.of(target, network, bytes);
        DurabilityModel model = new DurabilityModel(plan.shards(), network);
        int groups = DurabilityModel.groups(bytes, peers, plan.shards().totalShards());
        boolean kept = groups * model.lossInLifeIfVanish(0.5) <= 1e-6 && groups * model.lossAYear() <= 1e-9;
        assertEquals(kept, plan.promise().kept());
        assertEquals(kept, plan.promise().warning().isEmpty());
        assertTrue(kept || plan.shards().equals(PutOptions.standard()), plan::toString);
        assertTrue(plan.shards().totalShards() <= Math.max(30, peers), plan::toString);
        assertTrue(overhead(plan) <= 6, plan::toString);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 29, 30, 50, 100, 300, 1000, 100_000})
    void theStandardTargetIsKeptInTheseNetworks(int peers) {
        DurabilityPlan plan = plan(peers);
        assertTrue(plan.promise().kept(), plan::toString);
        assertTrue(overhead(plan) < 4, plan::toString);
        double fresh = new DurabilityModel(plan.shards(), network(peers)).lossIfVanish(0.5);
        assertTrue(256 * fresh <= 1e-6, plan::toString);
    }

    @Test
    void aSmallNetworkStartsWithTenOfThirty() {
        for (int peers = 1; peers < 30; peers++) {
            PutOptions shards = plan(peers).shards();
            assertEquals("10/30", shards.toString());
            assertTrue(shards.threshold() >= 20, "with " + peers);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,one peer that stays for about 30 days cannot promise what was asked",
        "2,0.017 a year (asked: 1e-9)", "3,if half of all peers vanish at once (asked: 1e-6)"})
    void whatASmallNetworkCannotPromiseIsSaidInWords(int peers, String words) {
        String warning = plan(peers).promise().warning().orElseThrow();
        assertTrue(warning.contains(words), warning);
    }

    @Test
    void aNetworkThatChurnsTooFastSaysSo() {
        NetworkConditions network = new NetworkConditions(1000, Duration.ofHours(3), Duration.ofHours(6));
        DurabilityPlan plan = DurabilityPlan.of(DurabilityTarget.standard(), network, GIGABYTE);
        assertFalse(plan.promise().kept());
        assertEquals(PutOptions.standard(), plan.shards());
        assertTrue(plan.promise().warning().orElseThrow().contains("stay for about 3 hours"), plan::toString);
    }

    @Test
    void whoAsksForMorePaysMoreAndALargeFileNeedsMore() {
        DurabilityPlan low = DurabilityPlan.of(new DurabilityTarget(1e-3, 1e-6), network(1000), GIGABYTE);
        DurabilityPlan high = DurabilityPlan.of(new DurabilityTarget(1e-9, 1e-12), network(1000), GIGABYTE);
        DurabilityPlan small = DurabilityPlan.of(DurabilityTarget.standard(), network(1000), 1);
        assertTrue(overhead(low) < overhead(plan(1000)) && overhead(plan(1000)) < overhead(high));
        assertTrue(overhead(small) < overhead(plan(1000)));
        assertTrue(low.promise().kept() && high.promise().kept() && small.promise().kept());
    }

    @Test
    void aPromiseIsToldInWords() {
        assertTrue(plan(1000).promise().words().matches(
                "lost with a probability of at most \\S+ a year, and of \\S+ if half of all peers vanish at once"));
        assertTrue(plan(8).promise().words().startsWith("not lost if half of all peers vanish at once; lost with"));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "0.5,0.5", "0.01234,0.012", "0.0048,4.8e-3", "1e-6,1e-6", "9.96e-7,1e-6", "1.5e-193,1.5e-193"})
    void probabilitiesHaveTwoDigits(double value, String text) {
        assertEquals(text, Promise.probability(value));
    }

    @Test
    void theGroupsOfAFileAreItsChunksAndNoMoreThanThereAre() {
        assertEquals(1, DurabilityModel.groups(0, 100, 30));
        assertEquals(1, DurabilityModel.groups(1 << 20, 100, 30));
        assertEquals(2, DurabilityModel.groups((1 << 20) + 1, 100, 30));
        assertEquals(256, DurabilityModel.groups(Long.MAX_VALUE, 100, 30));
        assertEquals(1, DurabilityModel.groups(Long.MAX_VALUE, 30, 30), "every peer has a shard of every chunk");
    }

    @Test
    void conditionsThatCannotBeAreRefused() {
        Duration day = Duration.ofDays(1);
        assertThrows(IllegalArgumentException.class, () -> new NetworkConditions(0, day, day));
        assertThrows(IllegalArgumentException.class, () -> new NetworkConditions(1, Duration.ofMillis(999), day));
        assertThrows(IllegalArgumentException.class, () -> new NetworkConditions(1, day, Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> new NetworkConditions(1, day, Duration.ofDays(365_001)));
        assertEquals(1, new NetworkConditions(1, Duration.ofSeconds(1), Duration.ofMillis(1)).peers());
    }

    @Test
    void thresholdsLieFromKToN() {
        assertThrows(IllegalArgumentException.class, () -> new PutOptions(10, 30, 9));
        assertThrows(IllegalArgumentException.class, () -> new PutOptions(10, 30, 31));
        assertEquals(10, new PutOptions(10, 30, 10).threshold());
        assertEquals(30, PutOptions.standard().withThreshold(30).threshold());
    }
}
