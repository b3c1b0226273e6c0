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

/** The best valid value of each key that somebody has put. Not thread-safe. */
public final class RecordStore {

    private final Validator validator;
    private final Shelf<KadRecord> shelf;

    public RecordStore(KadKey self, Validator validator, StoreLimits limits) {
        this.validator = validator;
        this.shelf = new Shelf<>(self, limits);
    }

    /**
     * Keeps a value, in place of the one of the key that is not better.
     *
     * @throws FormatException if it does not belong under its key
     * @throws RefusedException if a better one is kept, or the limits are reached
     */
    public void put(KadRecord record, PeerId from, Instant now) throws FormatException, RefusedException {
        Validator.Rank rank = validator.check(record, now);
        Optional<KadRecord> kept = get(record.key(), now);
        if (kept.isPresent() && validator.check(kept.get(), now).compareTo(rank) > 0) {
            throw new RefusedException("a better value is kept");
        }
        shelf.put(record.key(), from, record, (long) record.key().length() + record.value().length(), now);
    }

    /** The value of a key, if one is kept and still valid. */
    public Optional<KadRecord> get(Octets key, Instant now) {
        List<Shelf.Item<KadRecord>> items = shelf.get(key, now);
        if (items.isEmpty()) {
            return Optional.empty();
        }
        KadRecord record = items.getFirst().content();
        try {
            validator.check(record, now);
            return Optional.of(record);
        } catch (FormatException ranOut) {
            shelf.clear(key);
            return Optional.empty();
        }
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
