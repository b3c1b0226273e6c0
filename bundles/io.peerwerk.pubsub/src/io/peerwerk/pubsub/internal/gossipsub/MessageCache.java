// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.pubsub.internal.wire.Message;
import io.peerwerk.pubsub.internal.wire.MessageId;

/** The messages of the last heartbeats, for those who ask. Bounded in bytes too: the oldest give way. */
final class MessageCache {

    /** What a message takes besides what it says, roughly. */
    private static final int OVERHEAD = 512;

    private static final class Entry {
        final MessageId id;
        final Message message;
        Map<PeerId, Integer> asked = Map.of();

        Entry(MessageId id, Message message) {
            this.id = id;
            this.message = message;
        }

        long bytes() {
            return OVERHEAD + message.size();
        }
    }

    private final Map<MessageId, Entry> entries = new HashMap<>();
    /** By heartbeat, the newest first, each in order. */
    private final Deque<Deque<Entry>> windows = new ArrayDeque<>();
    private final int length;
    private final int offered;
    private final long maxBytes;
    private long bytes;

    /**
     * @param length   heartbeats that are kept
     * @param offered  of these, those whose messages are offered
     * @param maxBytes of all messages
     */
    MessageCache(int length, int offered, long maxBytes) {
        this.length = length;
        this.offered = offered;
        this.maxBytes = maxBytes;
        windows.addFirst(new ArrayDeque<>());
    }

    void put(MessageId id, Message message) {
        var entry = new Entry(id, message);
        if (entries.putIfAbsent(id, entry) == null) {
            windows.getFirst().addLast(entry);
            bytes += entry.bytes();
            shrink();
        }
    }

    private void shrink() {
        for (Iterator<Deque<Entry>> oldest = windows.descendingIterator(); bytes > maxBytes && oldest.hasNext();) {
            Deque<Entry> window = oldest.next();
            while (bytes > maxBytes && !window.isEmpty()) {
                drop(window.removeFirst());
            }
        }
    }

    private void drop(Entry entry) {
        entries.remove(entry.id);
        bytes -= entry.bytes();
    }

    /** A message that a peer asks for, unless it is gone or has been asked for by it too often. */
    Optional<Message> take(MessageId id, PeerId by, int atMost) {
        Entry entry = entries.get(id);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.asked.isEmpty()) {
            entry.asked = new HashMap<>(4);
        }
        return entry.asked.merge(by, 1, Integer::sum) <= atMost ? Optional.of(entry.message) : Optional.empty();
    }

    /** The messages that are offered now, by topic. */
    Map<String, List<Message>> offers() {
        Map<String, List<Message>> messages = new HashMap<>();
        int window = 0;
        for (Deque<Entry> each : windows) {
            if (window++ >= offered) {
                break;
            }
            each.forEach(entry -> messages.computeIfAbsent(entry.message.topic(), t -> new ArrayList<>())
                    .add(entry.message));
        }
        return messages;
    }

    /** A heartbeat has passed. */
    void shift() {
        if (windows.size() >= length) {
            windows.removeLast().forEach(this::drop);
        }
        windows.addFirst(new ArrayDeque<>());
    }

    int size() {
        return entries.size();
    }

    long bytes() {
        return bytes;
    }
}
