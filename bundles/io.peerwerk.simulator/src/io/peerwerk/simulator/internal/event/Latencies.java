// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import io.peerwerk.simulator.Distribution;
import io.peerwerk.simulator.internal.cycle.Draws;

/**
 * How long links are, in milliseconds. Some thousand lengths are drawn from the distribution at the start, and each link
 * has one of them, always the same: that is quick, and it is known how long a message takes at least. Immutable.
 */
final class Latencies {

    private static final int LENGTHS = 1 << 12;
    /** A time for {@link Draws} that is none. */
    private static final long TIME = -7;

    private final float[] lengths = new float[LENGTHS];
    private final long seed;
    private final long least;

    Latencies(Distribution distribution, long seed) {
        this.seed = seed;
        Draws draws = new Draws(seed).at(TIME, 0);
        float shortest = Float.MAX_VALUE;
        for (int i = 0; i < LENGTHS; i++) {
            lengths[i] = (float) distribution.sample(draws);
            shortest = Math.min(shortest, lengths[i]);
        }
        this.least = Math.max(1, Math.round(shortest));
    }

    /** What a message takes at least, a millisecond or more. */
    long least() {
        return least;
    }

    /** The length of the link between two peers, in either direction. */
    double between(int one, int other) {
        long low = Math.min(one, other);
        long z = (low << 32 ^ Math.max(one, other) ^ seed) * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 32) * 0xD6E8FEB86659FD93L;
        return lengths[(int) (z >>> 40) & LENGTHS - 1];
    }
}
