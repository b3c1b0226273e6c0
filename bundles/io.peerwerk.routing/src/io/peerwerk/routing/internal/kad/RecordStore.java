// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.routing.internal.record.Validator;
import io.peerwerk.routing.internal.wire.KadRecord;
import io.peerwerk.routing.internal.wire.Octets;

/**
 * The best valid value of each key that somebody has put. What a value is worth is found out once, before it is put:
 * signatures take longer than all else. Not thread-safe but for {@link #check}.
 */
public final class RecordStore {

    private final Validator validator;
    private final Shelf<Ranked> shelf;

    /** A value and what it is worth. */
    public record Ranked(KadRecord record, Validator.Rank rank) {
    }

    public RecordStore(KadKey self, Validator validator, StoreLimits limits) {
        this.validator = validator;
        this.shelf = new Shelf<>(self, limits);
    }

    /**
     * Looks at a value that is to be put. Touches nothing that is kept; any thread may call it.
     *
     * @throws FormatException if it does not belong under its key
     */
    public Ranked check(KadRecord record, Instant now) throws FormatException {
        return new Ranked(record, validator.check(record, now));
    }

    /**
     * Keeps a value, in place of the one of the key that is not better.
     *
     * @throws RefusedException if a better one is kept, or the limits are reached
     */
    public void put(Ranked checked, PeerId from, Instant now) throws RefusedException {
        KadRecord record = checked.record();
        Optional<Ranked> kept = ranked(record.key(), now);
        if (kept.isPresent() && kept.get().rank().compareTo(checked.rank()) > 0) {
            throw new RefusedException("a better value is kept");
        }
        shelf.put(record.key(), from, checked, (long) record.key().length() + record.value().length(), now);
    }

    /** The value of a key, if one is kept and still valid. */
    public Optional<KadRecord> get(Octets key, Instant now) {
        return ranked(key, now).map(Ranked::record);
    }

    private Optional<Ranked> ranked(Octets key, Instant now) {
        List<Shelf.Item<Ranked>> items = shelf.get(key, now);
        if (items.isEmpty()) {
            return Optional.empty();
        }
        Ranked kept = items.getFirst().content();
        if (kept.rank().isOver(now)) {
            shelf.clear(key);
            return Optional.empty();
        }
        return Optional.of(kept);
    }

    /** How many values are kept. */
    public int size() {
        return shelf.size();
    }

    /** The bytes they take, about. */
    public long bytes() {
        return shelf.bytes();
    }

    /** Drops those that nobody has put again in time. */
    public void expire(Instant now) {
        shelf.expire(now);
    }
}
