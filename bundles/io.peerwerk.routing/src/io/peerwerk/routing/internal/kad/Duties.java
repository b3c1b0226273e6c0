// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.peerwerk.routing.internal.wire.Octets;

/** What this peer has told the network and must tell it again before it is forgotten. Not thread-safe. */
public final class Duties {

    /** Peers keep it for 48 hours; twice in that time is enough for those that join to hear of it. */
    public static final Duration AGAIN = Duration.ofHours(22);

    /** When it did not work. */
    public static final Duration RETRY = Duration.ofMinutes(5);

    private final Map<Octets, Instant> due = new HashMap<>();

    /** Something has been told, or nobody could be told of it; either way it is this peer's duty from now on. */
    public void told(Octets key, boolean worked, Instant now) {
        due.put(key, now.plus(worked ? AGAIN : RETRY));
    }

    /** It is to be told no more. */
    public void drop(Octets key) {
        due.remove(key);
    }

    /** Whether it is this peer's duty. */
    public boolean contains(Octets key) {
        return due.containsKey(key);
    }

    /** What is to be told again now. */
    public List<Octets> due(Instant now) {
        return due.entrySet().stream().filter(entry -> !entry.getValue().isAfter(now)).map(Map.Entry::getKey).toList();
    }
}
