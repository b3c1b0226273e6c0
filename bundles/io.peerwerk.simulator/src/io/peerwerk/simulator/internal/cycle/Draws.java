// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.cycle;

import java.util.random.RandomGenerator;

/**
 * Random numbers that belong to a place: the n-th number at a place is the same whoever asks and in whatever order the
 * places are visited. This is SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) started anew at each place. Not
 * thread-safe; each thread has one.
 */
public final class Draws implements RandomGenerator {

    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private final long seed;
    private long state;

    public Draws(long seed) {
        this.seed = mix(seed + GAMMA);
    }

    /** Goes to the place of a subject (a peer, mostly) at a time. */
    public Draws at(long time, long subject) {
        state = mix(seed ^ mix(time * 0xD1B54A32D192ED03L + GAMMA) + subject * 0x8CB92BA72F3D8DD7L);
        return this;
    }

    @Override
    public long nextLong() {
        state += GAMMA;
        return mix(state);
    }

    /** By multiplication: off by less than bound in 2^32 from even, which no simulation can tell. */
    @Override
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound " + bound);
        }
        return (int) ((nextLong() >>> 32) * bound >>> 32);
    }

    private static long mix(long z) {
        long y = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        y = (y ^ (y >>> 27)) * 0x94D049BB133111EBL;
        return y ^ (y >>> 31);
    }
}
