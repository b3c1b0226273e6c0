// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.routing.internal.wire.Octets;
import org.jspecify.annotations.Nullable;

/**
 * Things that others have sent, each under a key and by its sender, within limits. When the shelf is full, what lies
 * farthest from this peer gives way to what lies nearer: that is what others will look for here. When a key has too
 * many, the one sent longest ago gives way. Not thread-safe.
 *
 * @param <T> what is kept
 */
final class Shelf<T> {

    /** What an entry takes besides its content: ids, map nodes; an estimate in bytes. */
    static final int OVERHEAD = 512;

    /** One thing. */
    record Item<T>(KadKey distance, PeerId from, T content, long bytes, Instant end, long number) {
    }

    private final KadKey self;
    private final StoreLimits limits;
    /** By distance; within a key the one sent longest ago first. */
    private final TreeMap<KadKey, LinkedHashMap<PeerId, Item<T>>> byKey = new TreeMap<>();
    private final Map<PeerId, Integer> bySender = new HashMap<>();
    private final TreeSet<Item<T>> byEnd = new TreeSet<>(
            Comparator.comparing((Item<T> item) -> item.end()).thenComparingLong(Item::number));
    private long bytes;
    private long numbers;

    Shelf(KadKey self, StoreLimits limits) {
        this.self = self;
        this.limits = limits;
    }

    /**
     * Keeps something in place of what the sender has sent for the key before.
     *
     * @param size bytes that the content takes
     * @throws RefusedException if the sender has sent too much, or all that is kept lies nearer
     */
    void put(Octets key, PeerId from, T content, long size, Instant now) throws RefusedException {
        expire(now);
        var item = new Item<>(distance(key), from, content, size + OVERHEAD, now.plus(limits.life()), numbers++);
        Item<T> before = items(item.distance()).get(from);
        if (before == null && bySender.getOrDefault(from, 0) >= limits.perPeer()) {
            throw new RefusedException("so much is kept of one peer and no more");
        }
        makeRoom(item, before);
        if (before != null) {
            remove(before);
        }
        LinkedHashMap<PeerId, Item<T>> ofKey = byKey.computeIfAbsent(item.distance(), d -> new LinkedHashMap<>());
        while (ofKey.size() >= limits.perKey()) {
            drop(ofKey.pollFirstEntry().getValue());
        }
        ofKey.put(from, item);
        bySender.merge(from, 1, Integer::sum);
        byEnd.add(item);
        bytes += item.bytes();
    }

    /** Drops what lies farther away than the new one, until that fits; nothing, if it would not. */
    private void makeRoom(Item<T> item, @Nullable Item<T> before) throws RefusedException {
        int count = byEnd.size() - (before == null ? 0 : 1);
        long sum = bytes - (before == null ? 0 : before.bytes()) + item.bytes();
        List<Item<T>> leaving = new ArrayList<>();
        Iterator<Item<T>> farthest = byKey.tailMap(item.distance(), false).descendingMap().values().stream()
                .flatMap(ofKey -> ofKey.values().stream()).iterator();
        while (count - leaving.size() >= limits.total() || sum > limits.bytes()) {
            if (!farthest.hasNext()) {
                throw new RefusedException("what is kept lies nearer");
            }
            Item<T> next = farthest.next();
            leaving.add(next);
            sum -= next.bytes();
        }
        leaving.forEach(this::remove);
    }

    private void remove(Item<T> item) {
        LinkedHashMap<PeerId, Item<T>> ofKey = items(item.distance());
        ofKey.remove(item.from());
        if (ofKey.isEmpty()) {
            byKey.remove(item.distance());
        }
        drop(item);
    }

    private void drop(Item<T> item) {
        byEnd.remove(item);
        bytes -= item.bytes();
        bySender.computeIfPresent(item.from(), (peer, count) -> count == 1 ? null : count - 1);
    }

    /** Drops what nobody has sent again in time. */
    void expire(Instant now) {
        while (!byEnd.isEmpty() && !byEnd.first().end().isAfter(now)) {
            remove(byEnd.first());
        }
    }

    /** What is kept for a key, the last sent first. */
    List<Item<T>> get(Octets key, Instant now) {
        expire(now);
        return List.copyOf(items(distance(key)).sequencedValues().reversed());
    }

    /** Drops all that is kept for a key. */
    void clear(Octets key) {
        List.copyOf(items(distance(key)).values()).forEach(this::remove);
    }

    /** Drops what the peer has sent for a key. */
    void remove(Octets key, PeerId from) {
        Item<T> item = items(distance(key)).get(from);
        if (item != null) {
            remove(item);
        }
    }

    int size() {
        return byEnd.size();
    }

    long bytes() {
        return bytes;
    }

    private KadKey distance(Octets key) {
        return KadKey.of(key).distance(self);
    }

    private LinkedHashMap<PeerId, Item<T>> items(KadKey distance) {
        LinkedHashMap<PeerId, Item<T>> found = byKey.get(distance);
        return found == null ? new LinkedHashMap<>() : found;
    }
}
