// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.cycle;

import java.util.random.RandomGenerator;

/** Waits that differ a little, so that the peers of a network do not fall into step. */
public final class Jitter {

    private Jitter() {
    }

    /** Between 90% and 110% of so many milliseconds. */
    public static long around(long millis, RandomGenerator random) {
        long tenth = millis / 10;
        return millis - tenth + (tenth == 0 ? 0 : random.nextLong(2 * tenth + 1));
    }
}
