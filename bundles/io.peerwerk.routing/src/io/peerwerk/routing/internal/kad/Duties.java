// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.peerwerk.routing.internal.wire.Octets;

/**
 * What this peer has told the network and must tell it again before it is forgotten: before those that were told have
 * run out of patience, and before half of them have gone. Not thread-safe.
 */
public final class Duties {

    /** Peers keep it for 48 hours; twice in that time is enough for those that join to hear of it. */
    public static final Duration AGAIN = Duration.ofHours(22);

    /** However fast peers go, it is not told more often. */
    public static final Duration SOONEST = Duration.ofSeconds(30);

    /** When it did not work, unless it is told again sooner anyway. */
    public static final Duration RETRY = Duration.ofMinutes(5);

    private final Map<Octets, Telling> told = new HashMap<>();

    private record Telling(Instant at, boolean worked) {
    }

    /** How long what is told may rest, where half of the peers leave within such a time. */
    public static Duration again(Duration halfLife) {
        return halfLife.compareTo(SOONEST) < 0 ? SOONEST : halfLife.compareTo(AGAIN) > 0 ? AGAIN : halfLife;
    }

    /** Something has been told, or nobody could be told of it; either way it is this peer's duty from now on. */
    public void told(Octets key, boolean worked, Instant now) {
        told.put(key, new Telling(now, worked));
    }

    /** It is to be told no more. */
    public void drop(Octets key) {
        told.remove(key);
    }

    /** Whether it is this peer's duty. */
    public boolean contains(Octets key) {
        return told.containsKey(key);
    }

    /** What is to be told again now, where it may rest for so long. */
    public List<Octets> due(Instant now, Duration again) {
        Duration retry = again.compareTo(RETRY) < 0 ? again : RETRY;
        return told.entrySet().stream().filter(entry -> !entry.getValue().at()
                .plus(entry.getValue().worked() ? again : retry).isAfter(now)).map(Map.Entry::getKey).toList();
    }
}
