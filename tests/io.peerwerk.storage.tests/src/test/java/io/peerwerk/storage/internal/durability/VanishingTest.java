// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.durability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.storage.PutOptions;
import io.peerwerk.storage.internal.placement.Rendezvous;
import io.peerwerk.storage.internal.placement.Spread;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VanishingTest {

    private static final int TRIALS = 20_000;
    private static final long SEED = 20261201;

    @ParameterizedTest
    @CsvSource({"29,80,4.8e-3", "16,64,1.2e-5", "10,30,2.1e-2"})
    void inANetworkWithoutBoundHalfGoneLosesWhatIsKnownOfTheseCodes(int k, int n, double loss) {
        assertEquals(loss, Vanishing.limit(new PutOptions(k, n), 0.5), 0.05 * loss);
    }

    @ParameterizedTest
    @CsvSource({"29,80", "16,64", "10,30"})
    void manyPeersAreNearTheLimitAndFewAreSafer(int k, int n) {
        PutOptions code = new PutOptions(k, n);
        double limit = Vanishing.limit(code, 0.5);
        assertEquals(limit, Vanishing.part(10_000_000, 0.5).loss(code), 1e-4 * limit);
        assertTrue(Vanishing.part(10 * n, 0.5).loss(code) < limit);
        assertEquals(0, Vanishing.part(n, 0.5).loss(code), "half of the shards are more than k");
    }

    @ParameterizedTest
    @CsvSource({"80,200,1000,500", "5,100,300,150", "60,255,2000,1000", "100,255,5000,1000", "1,100,1000,500"})
    void smallProbabilitiesAreExact(int k, int n, int peers, int vanished) {
        BigInteger ways = BigInteger.ZERO;
        for (int x = Math.max(0, n - vanished); x < k; x++) {
            ways = ways.add(choose(n, x).multiply(choose(peers - n, peers - vanished - x)));
        }
        double exact = new BigDecimal(ways).divide(new BigDecimal(choose(peers, vanished)), MathContext.DECIMAL64)
                .doubleValue();
        assertEquals(exact, new Vanishing(peers, vanished).loss(new PutOptions(k, n)), 1e-9 * exact);
    }

    private static BigInteger choose(int n, int k) {
        BigInteger result = BigInteger.ONE;
        for (int i = 0; i < k; i++) {
            result = result.multiply(BigInteger.valueOf(n - i)).divide(BigInteger.valueOf(i + 1));
        }
        return result;
    }

    @Test
    void aProbabilityBelowTenToTheMinusThirtyIsStillOne() {
        double loss = Vanishing.limit(new PutOptions(10, 200), 0.5);
        BigInteger ways = BigInteger.ZERO;
        for (int x = 0; x < 10; x++) {
            ways = ways.add(choose(200, x));
        }
        double exact = new BigDecimal(ways).divide(new BigDecimal(BigInteger.TWO.pow(200)), MathContext.DECIMAL64)
                .doubleValue();
        assertTrue(exact > 0 && exact < 1e-30);
        assertEquals(exact, loss, 1e-10 * exact);
    }

    /** Real placement by real ranks, half of the peers gone, shards counted. */
    @ParameterizedTest
    @CsvSource({"10,30,60", "3,8,9", "12,30,20", "5,9,4", "20,40,50"})
    void placedShardsAreLostAsOftenAsComputed(int k, int n, int peers) {
        PutOptions code = new PutOptions(k, n);
        List<PeerId> all = peers(peers);
        Random random = new Random(SEED);
        int lost = 0;
        Map<PeerId, Integer> held = Map.of();
        for (int trial = 0; trial < TRIALS; trial++) {
            if (trial % 20 == 0) {
                held = place(all, trial, n);
            }
            Collections.shuffle(all, random);
            int left = all.subList(0, peers / 2).stream().mapToInt(held::get).sum();
            lost += left < k ? 1 : 0;
        }
        double model = Vanishing.part(peers, 0.5).loss(code);
        double error = Math.sqrt(Math.max(model, 1.0 / TRIALS) / TRIALS);
        assertEquals(model, (double) lost / TRIALS, 5 * error, "seed " + SEED);
    }

    private static Map<PeerId, Integer> place(List<PeerId> all, int chunk, int n) {
        Spread spread = new Spread(Rendezvous.rank(chunk, all), Map.of());
        Map<PeerId, Integer> held = new HashMap<>();
        all.forEach(peer -> held.put(peer, 0));
        for (int i = 0; i < n; i++) {
            held.merge(spread.next(peer -> true).orElseThrow(), 1, Integer::sum);
        }
        return held;
    }

    private static List<PeerId> peers(int count) {
        List<PeerId> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            peers.add(LifetimesTest.peer(i));
        }
        return peers;
    }

    @Property(tries = 300)
    void moreShardsMorePeersLeftAndHigherThresholdsAreNeverWorse(@ForAll @IntRange(min = 1, max = 30) int k,
            @ForAll @IntRange(min = 0, max = 30) int more, @ForAll @IntRange(min = 62, max = 400) int peers) {
        int n = k + more;
        Vanishing half = Vanishing.part(peers, 0.5);
        double loss = half.loss(new PutOptions(k, n));
        assertNotWorse(half.loss(new PutOptions(k, n + 1)), loss);
        assertNotWorse(new Vanishing(peers, half.vanished() - 1).loss(new PutOptions(k, n)), loss);
        assertNotWorse(loss, half.lossInLife(new PutOptions(k, n)));
        for (int threshold = k; threshold < n; threshold++) {
            assertNotWorse(half.lossInLife(new PutOptions(k, n, threshold + 1)),
                    half.lossInLife(new PutOptions(k, n, threshold)));
        }
    }

    private static void assertNotWorse(double better, double worse) {
        assertTrue(better <= worse * (1 + 1e-9), () -> better + " is worse than " + worse);
    }

    @Test
    void nothingGoneLosesNothingAndAllGoneAll() {
        PutOptions code = PutOptions.standard();
        assertEquals(0, Vanishing.part(100, 0).loss(code));
        assertEquals(1, Vanishing.part(100, 1).loss(code));
        assertEquals(0, Vanishing.limit(code, 0));
        assertEquals(1, Vanishing.limit(code, 1));
        assertEquals(1, Vanishing.part(1, 0.5).loss(code), "of one peer, half is that peer");
        assertEquals(3, Vanishing.part(30, 0.1).vanished());
        assertEquals(4, Vanishing.part(31, 0.1).vanished());
    }
}
