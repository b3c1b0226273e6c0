// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import java.time.Duration;

/**
 * What the survival of a file depends on besides its code. A peer that leaves for good is taken to be followed by another
 * one, so that the network keeps its size.
 *
 * @param peers how many there are, at least 1
 * @param lifetime how long a peer stays on average until it leaves for good; at least a second
 * @param repairTime how long it takes on average from the moment a chunk has too few shards until it has all of them
 *            again: detection, the wait for peers that come back, and the transfer; at least a millisecond
 */
public record NetworkConditions(int peers, Duration lifetime, Duration repairTime) {

    private static final Duration LONGEST = Duration.ofDays(365_000);

    /** All must be positive, and times at most a thousand years. */
    public NetworkConditions {
        if (peers < 1) {
            throw new IllegalArgumentException("a network of " + peers + " peers");
        }
        check("lifetime", lifetime, Duration.ofSeconds(1));
        check("repair time", repairTime, Duration.ofMillis(1));
    }

    private static void check(String name, Duration time, Duration least) {
        if (time.compareTo(least) < 0 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a " + name + " of " + time + " is not within " + least + " and "
                    + LONGEST.toDays() + " days");
        }
    }
}
