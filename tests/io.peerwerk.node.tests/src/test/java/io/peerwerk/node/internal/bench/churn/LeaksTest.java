// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.churn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import io.peerwerk.node.internal.bench.churn.Leaks.Resource;
import io.peerwerk.node.internal.bench.churn.Leaks.Sample;
import io.peerwerk.node.internal.bench.churn.Leaks.Slope;

class LeaksTest {

    private static final int MIB = 1 << 20;

    private final SplittableRandom random = new SplittableRandom(7);
    private final Leaks leaks = new Leaks();

    private static Usage usage(long heap, int threads, long descriptors) {
        return new Usage(heap, threads, 0, descriptors, 0);
    }

    @Test
    void aThreadThatEachDeathLeavesBehindIsALeak() {
        for (int deaths = 0; deaths < 100; deaths += 5) {
            leaks.add(new Sample(deaths, usage(50 * MIB, 40 + deaths + random.nextInt(10), 300)));
        }
        Slope slope = leaks.slope(Resource.THREADS);
        assertEquals(1, slope.perDeath(), 0.1);
        assertTrue(slope.isLeak(Resource.THREADS));
        assertFalse(leaks.slope(Resource.DESCRIPTORS).isLeak(Resource.DESCRIPTORS));
    }

    @Test
    void whatGoesUpAndDownIsNone() {
        for (int deaths = 0; deaths < 100; deaths += 5) {
            leaks.add(new Sample(deaths, usage(random.nextLong(40 * MIB, 60 * MIB), 40, 300 + random.nextInt(100))));
        }
        assertFalse(leaks.slope(Resource.HEAP).isLeak(Resource.HEAP));
        assertFalse(leaks.slope(Resource.DESCRIPTORS).isLeak(Resource.DESCRIPTORS));
    }

    @Test
    void aPeersHeapThatEachDeathLeavesBehindShowsThroughTheNoise() {
        for (int deaths = 0; deaths < 300; deaths += 8) {
            leaks.add(new Sample(deaths, usage(50L * MIB + deaths * 512L * 1024 + random.nextLong(20 * MIB), 40, 300)));
        }
        assertTrue(leaks.slope(Resource.HEAP).isLeak(Resource.HEAP));
    }

    @Test
    void withoutDeathsOrWithTwoSamplesThereIsNoSlope() {
        leaks.add(new Sample(0, usage(0, 0, 0)));
        leaks.add(new Sample(10, usage(0, 100, 0)));
        assertEquals(new Slope(0, 0), leaks.slope(Resource.THREADS));
        for (int i = 0; i < 10; i++) {
            leaks.add(new Sample(0, usage(0, i, 0)));
        }
        var still = new Leaks();
        for (int i = 0; i < 10; i++) {
            still.add(new Sample(3, usage(0, i, 0)));
        }
        assertEquals(new Slope(0, 0), still.slope(Resource.THREADS));
    }

    @Test
    void whatIsLeftAtTheEndCountsBeyondWhatIsLoadedOnce() {
        Usage before = usage(20 * MIB, 20, 100);
        assertFalse(Leaks.isLeft(before, usage(28 * MIB, 28, 108), 0));
        assertTrue(Leaks.isLeft(before, usage(28 * MIB + 1, 28, 108), 0));
        assertTrue(Leaks.isLeft(before, usage(28 * MIB, 29, 108), 0));
        assertFalse(Leaks.isLeft(before, usage(28 * MIB, 29, 108), 10), "a tenth of a thread for each that died");
        assertTrue(Leaks.isLeft(before, usage(28 * MIB, 30, 108), 10));
    }
}
