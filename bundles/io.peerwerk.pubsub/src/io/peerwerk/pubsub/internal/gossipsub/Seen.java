// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.pubsub.internal.wire.MessageId;
import org.jspecify.annotations.Nullable;

/** The messages that were there, so that none is heard or passed on twice. Bounded: the oldest give way. */
final class Seen {

    /** What became of a message. */
    enum State {
        WAITING, VALID, IGNORED, INVALID
    }

    static final class Entry {
        final long since;
        State state = State.WAITING;
        long decided;
        /** Who has brought it so far; null once that no longer counts. */
        @Nullable Set<PeerId> from = new HashSet<>(4);

        private Entry(long since) {
            this.since = since;
        }

        void decide(State outcome, long now) {
            state = outcome;
            decided = now;
            if (outcome != State.VALID) {
                from = null;
            }
        }
    }

    private final Map<MessageId, Entry> entries = new LinkedHashMap<>();
    private final long millis;
    private final int limit;

    Seen(long millis, int limit) {
        this.millis = millis;
        this.limit = limit;
    }

    @Nullable Entry get(MessageId id) {
        return entries.get(id);
    }

    Entry add(MessageId id, long now) {
        if (entries.size() >= limit) {
            Iterator<?> oldest = entries.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        var entry = new Entry(now);
        entries.put(id, entry);
        return entry;
    }

    void clean(long now) {
        for (Iterator<Entry> each = entries.values().iterator(); each.hasNext();) {
            Entry entry = each.next();
            if (entry.since + millis > now) {
                return;
            }
            each.remove();
        }
    }

    int size() {
        return entries.size();
    }
}
