// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.drive;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which writes are known: of each replica all up to a number, since whole states are exchanged. A version vector
 * (Parker et al. 1983). Immutable.
 *
 * @param last the number of the last write that is known, of each replica of which one is
 */
public record Seen(SortedMap<Replica, Long> last) {

    /** Nothing. */
    public static final Seen NOTHING = new Seen(new TreeMap<>());

    /** The map is copied. */
    public Seen {
        last.values().forEach(number -> {
            if (number < 1) {
                throw new IllegalArgumentException("a write has the number " + number);
            }
        });
        last = Collections.unmodifiableSortedMap(new TreeMap<>(last));
    }

    /** The number of the replica's last write that is known, 0 if none is. */
    public long of(Replica replica) {
        return last.getOrDefault(replica, 0L);
    }

    /** Whether the write is known. */
    public boolean contains(Dot dot) {
        return dot.number() <= of(dot.replica());
    }

    /** Whether all that the other knows is known here. */
    public boolean contains(Seen other) {
        return other.last.entrySet().stream().allMatch(each -> each.getValue() <= of(each.getKey()));
    }

    /** What one of the two knows. */
    public Seen with(Seen other) {
        var both = new TreeMap<>(last);
        other.last.forEach((replica, number) -> both.merge(replica, number, Math::max));
        return new Seen(both);
    }

    /** The greatest number of a write that is known, 0 if none is. */
    long latest() {
        return last.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    Seen with(Dot dot) {
        return new Seen(new TreeMap<>(Map.of(dot.replica(), dot.number()))).with(this);
    }
}
