// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void aFullBucketGivesItsSizeAtOnceAndNotOneMore() {
        var bucket = new TokenBucket(10, 5, 0);
        assertTrue(bucket.take(5, 0));
        assertFalse(bucket.take(1, 0));
        assertTrue(bucket.take(1, SECOND / 10));
    }

    @Test
    void whatIsMissingHasToFlowInFirst() {
        var bucket = new TokenBucket(100, 10, 0);
        bucket.spend(110, 0);
        long delay = bucket.delay(0);
        assertEquals(SECOND, delay, 10);
        assertEquals(0, bucket.delay(delay));
    }

    @Test
    void aNewRateHoldsFromNowOn() {
        var bucket = new TokenBucket(1, 10, 0);
        bucket.spend(20, 0);
        bucket.change(1000, 10, 0);
        assertEquals(SECOND / 100, bucket.delay(0), 10);
        bucket.change(0, 10, 0);
        assertEquals(Long.MAX_VALUE, bucket.delay(0));
    }

    @Test
    void aClockThatIsSetBackGivesNothingAndTakesNothing() {
        var bucket = new TokenBucket(10, 1, SECOND);
        assertTrue(bucket.take(1, SECOND));
        assertFalse(bucket.take(1, 0));
        assertTrue(bucket.take(1, SECOND / 10));
        assertFalse(bucket.isFull(SECOND / 10));
        assertTrue(bucket.isFull(SECOND));
    }

    @Property
    void inTheLongRunNoMoreThanTheRateAndTheSizePass(@ForAll long seed,
            @ForAll @IntRange(min = 1, max = 10_000) int rate, @ForAll @IntRange(min = 1, max = 1000) int size) {
        var random = new Random(seed);
        var bucket = new TokenBucket(rate, size, 0);
        long now = 0;
        long passed = 0;
        for (int i = 0; i < 1000; i++) {
            now += random.nextLong(SECOND / 100);
            int amount = 1 + random.nextInt(size);
            if (bucket.take(amount, now)) {
                passed += amount;
            }
        }
        assertTrue(passed <= size + (double) rate * now / SECOND + 0.001, () -> "seed " + seed);
    }
}
