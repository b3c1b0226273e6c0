// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.rendezvous;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.discovery.internal.rendezvous.RendezvousPoint.Entry;

/**
 * The registrations of a point, to be found by peer, by namespace in the order of their numbers, and by their end. All
 * four orders hold the same ones; nothing of what is gone or was made again stays in any.
 */
final class Registrations {

    private final NavigableMap<Long, Entry> all = new TreeMap<>();
    private final Map<String, NavigableMap<Long, Entry>> byNamespace = new HashMap<>();
    private final Map<PeerId, Map<String, Entry>> byPeer = new HashMap<>();
    private final TreeSet<Entry> byEnd = new TreeSet<>(
            Comparator.comparing(Entry::end).thenComparingLong(Entry::number));
    private long bytes;

    /** Adds one, in place of the one that the peer has in the namespace. */
    void put(Entry entry) {
        remove(entry.peer(), entry.namespace());
        all.put(entry.number(), entry);
        byNamespace.computeIfAbsent(entry.namespace(), n -> new TreeMap<>()).put(entry.number(), entry);
        byPeer.computeIfAbsent(entry.peer(), p -> new HashMap<>()).put(entry.namespace(), entry);
        byEnd.add(entry);
        bytes += entry.bytes();
    }

    void remove(PeerId peer, String namespace) {
        find(peer, namespace).ifPresent(this::remove);
    }

    private void remove(Entry entry) {
        all.remove(entry.number());
        byEnd.remove(entry);
        bytes -= entry.bytes();
        byNamespace.computeIfPresent(entry.namespace(), (n, entries) -> {
            entries.remove(entry.number());
            return entries.isEmpty() ? null : entries;
        });
        byPeer.computeIfPresent(entry.peer(), (p, entries) -> {
            entries.remove(entry.namespace());
            return entries.isEmpty() ? null : entries;
        });
    }

    /** Drops those that have ended. */
    void expire(Instant now) {
        while (!byEnd.isEmpty() && !byEnd.first().end().isAfter(now)) {
            remove(byEnd.first());
        }
    }

    Optional<Entry> find(PeerId peer, String namespace) {
        return Optional.ofNullable(byPeer.getOrDefault(peer, Map.of()).get(namespace));
    }

    /** Those of a namespace by their numbers; of all, if it is empty. */
    NavigableMap<Long, Entry> in(String namespace) {
        return namespace.isEmpty() ? all : byNamespace.getOrDefault(namespace, Collections.emptyNavigableMap());
    }

    int count(PeerId peer) {
        return byPeer.getOrDefault(peer, Map.of()).size();
    }

    int size() {
        return all.size();
    }

    long bytes() {
        return bytes;
    }
}
