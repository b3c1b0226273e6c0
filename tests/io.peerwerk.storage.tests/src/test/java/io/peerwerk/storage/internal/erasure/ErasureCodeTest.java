// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.erasure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class ErasureCodeTest {

    private static final int[] INVERSES = IntStream.range(0, 256).map(ErasureCodeTest::slowInverse).toArray();

    /** k of n, the length of a shard. */
    record Case(int dataShards, int totalShards, int bytes) {
    }

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<Integer> totals = Arbitraries.integers().between(1, 255);
        Arbitrary<Integer> lengths = Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.integers().between(0, 40)),
                Tuple.of(2, Arbitraries.integers().between(1000, 2100)));
        return totals.flatMap(n -> Combinators.combine(Arbitraries.integers().between(1, n), lengths)
                .as((k, length) -> new Case(k, n, length)));
    }

    @Property(tries = 150)
    void anyDataShardsOfAllBringEveryShardBack(@ForAll("cases") Case c, @ForAll Random random) {
        byte[][] all = encoded(c, random);
        List<Integer> order = new ArrayList<>(IntStream.range(0, c.totalShards()).boxed().toList());
        Collections.shuffle(order, random);
        Shard[] there = new Shard[c.totalShards()];
        Shard[] wanted = new Shard[c.totalShards()];
        for (int i = 0; i < c.totalShards(); i++) {
            int shard = order.get(i);
            if (i < c.dataShards()) {
                // Somewhere inside a larger array, as they come from the network.
                byte[] larger = new byte[c.bytes() + 5];
                System.arraycopy(all[shard], 0, larger, 3, c.bytes());
                there[shard] = new Shard(larger, 3);
            } else {
                wanted[shard] = new Shard(new byte[c.bytes() + 2], 1);
            }
        }
        new ErasureCode(c.dataShards(), c.totalShards()).restore(there, wanted, c.bytes());
        for (int i = 0; i < c.totalShards(); i++) {
            if (wanted[i] != null) {
                byte[] restored = new byte[c.bytes()];
                System.arraycopy(wanted[i].array(), 1, restored, 0, c.bytes());
                assertArrayEquals(all[i], restored);
                assertEquals(0, wanted[i].array()[0]);
                assertEquals(0, wanted[i].array()[c.bytes() + 1]);
            }
        }
    }

    private static byte[][] encoded(Case c, Random random) {
        byte[][] all = new byte[c.totalShards()][c.bytes()];
        Shard[] shards = new Shard[c.totalShards()];
        for (int i = 0; i < c.totalShards(); i++) {
            if (i < c.dataShards()) {
                random.nextBytes(all[i]);
            }
            shards[i] = Shard.of(all[i]);
        }
        new ErasureCode(c.dataShards(), c.totalShards()).encode(Arrays.copyOf(shards, c.dataShards()),
                Arrays.copyOfRange(shards, c.dataShards(), c.totalShards()), c.bytes());
        return all;
    }

    @Property(tries = 50)
    void theFastProductIsTheProductOfTheDefinition(@ForAll("cases") Case c, @ForAll Random random) {
        byte[][] all = encoded(c, random);
        int k = c.dataShards();
        for (int row = k; row < c.totalShards(); row++) {
            for (int at = 0; at < c.bytes(); at += 7) {
                int sum = 0;
                for (int column = 0; column < k; column++) {
                    sum ^= slowProduct(INVERSES[row ^ column], all[column][at] & 0xFF);
                }
                assertEquals((byte) sum, all[row][at]);
            }
        }
    }

    /** Carry-less multiplication, then reduction by 0x11D, bit by bit. */
    private static int slowProduct(int a, int b) {
        int product = 0;
        for (int bit = 0; bit < 8; bit++) {
            if ((b >> bit & 1) != 0) {
                product ^= a << bit;
            }
        }
        for (int bit = 15; bit >= 8; bit--) {
            if ((product >> bit & 1) != 0) {
                product ^= 0x11D << (bit - 8);
            }
        }
        return product;
    }

    private static int slowInverse(int a) {
        // 0 has none, and a row's number is never a column's.
        return IntStream.range(1, 256).filter(x -> slowProduct(a, x) == 1).findFirst().orElse(0);
    }

    @Test
    void multiplicationIsThatOfTheField() {
        for (int a = 0; a < 256; a++) {
            for (int b = 0; b < 256; b++) {
                assertEquals(slowProduct(a, b), GaloisField.multiply(a, b));
            }
            if (a > 0) {
                assertEquals(1, GaloisField.multiply(a, GaloisField.invert(a)));
            }
        }
        assertThrows(ArithmeticException.class, () -> GaloisField.invert(0));
    }

    @Test
    void oneShardLessThanNeededIsRefused() {
        ErasureCode code = new ErasureCode(3, 5);
        Shard[] two = {Shard.of(new byte[4]), null, Shard.of(new byte[4]), null, null};
        Shard[] wanted = {null, Shard.of(new byte[4]), null, null, null};
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> code.restore(two, wanted, 4));
        assertTrue(e.getMessage().contains("only 2 of 3"), e::getMessage);
        assertThrows(IllegalArgumentException.class, () -> code.restore(new Shard[4], new Shard[5], 4));
        assertThrows(IndexOutOfBoundsException.class,
                () -> code.encode(Shard.cut(new byte[12], 3, 4), Shard.cut(new byte[8], 2, 4), 5));
    }

    @Test
    void codesThatDoNotExistAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ErasureCode(0, 5));
        assertThrows(IllegalArgumentException.class, () -> new ErasureCode(6, 5));
        assertThrows(IllegalArgumentException.class, () -> new ErasureCode(10, 256));
        assertEquals(255, new ErasureCode(255, 255).totalShards());
        assertEquals(105, new ErasureCode(10, 30).shardBytes(1041));
    }

    @Test
    void everyFiveOfEightPeersMayVanishWithThirtyShardsOfWhichTenAreNeeded() {
        // Holder p has the shards p, p + 8, p + 16, ...: what any three hold together must be enough.
        int[] held = IntStream.range(0, 8).map(p -> (30 - p + 7) / 8).toArray();
        List<Integer> sorted = IntStream.of(held).boxed().sorted().collect(Collectors.toList());
        assertTrue(sorted.get(0) + sorted.get(1) + sorted.get(2) >= 10);
    }
}
