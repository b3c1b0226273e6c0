// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import io.peerwerk.core.identity.PeerId;

/**
 * Who must not graft whom until when. Both ends keep to it, and it outlives a connection: whoever comes back still
 * waits. Bounded a topic; the oldest give way.
 */
final class Backoffs {

    private final Map<String, Map<PeerId, Long>> topics = new HashMap<>();
    private final int limit;

    Backoffs(int limit) {
        this.limit = limit;
    }

    /** Begins one, unless one is there that ends later. */
    void begin(String topic, PeerId peer, long until) {
        Map<PeerId, Long> of = topics.computeIfAbsent(topic, t -> new LinkedHashMap<>());
        of.merge(peer, until, Math::max);
        if (of.size() > limit) {
            of.remove(of.keySet().iterator().next());
        }
    }

    /** When it ends; the least long for none. */
    long end(String topic, PeerId peer) {
        return topics.getOrDefault(topic, Map.of()).getOrDefault(peer, Long.MIN_VALUE);
    }

    boolean holds(String topic, PeerId peer, long now) {
        return end(topic, peer) > now;
    }

    /** Forgets those that ended before the given time. */
    void clean(long before) {
        topics.values().removeIf(of -> {
            of.values().removeIf(until -> until <= before);
            return of.isEmpty();
        });
    }

    /** How many there are. */
    int size() {
        return topics.values().stream().mapToInt(Map::size).sum();
    }
}
