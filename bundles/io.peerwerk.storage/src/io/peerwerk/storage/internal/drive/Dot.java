// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.drive;

import java.util.Comparator;

/**
 * One write. Its number is the time by its replica's clock, but greater than that of every write known there: a hybrid
 * logical clock (Kulkarni et al. 2014). So of two writes of which one knew the other it has the greater number, of
 * others mostly the later one, and a clock that goes wrong costs no more than that.
 *
 * @param replica where it happened
 * @param number milliseconds since 1970 or more; 1 or more
 */
public record Dot(Replica replica, long number) implements Comparable<Dot> {

    private static final Comparator<Dot> ORDER = Comparator.comparing(Dot::replica).thenComparing(Dot::number);

    /** Far beyond every clock, with room above it. */
    static final long MAX_NUMBER = 1L << 60;

    /** By number, the greatest first. */
    static final Comparator<Dot> LATEST_FIRST = Comparator.comparingLong(Dot::number).reversed()
            .thenComparing(Dot::replica);

    /** @throws IllegalArgumentException where the number is not positive */
    public Dot {
        if (number < 1) {
            throw new IllegalArgumentException("a write has the number " + number);
        }
    }

    @Override
    public int compareTo(Dot other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return replica + ":" + number;
    }
}
