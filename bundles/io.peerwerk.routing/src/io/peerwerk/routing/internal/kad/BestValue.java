// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.routing.internal.record.Validator;
import io.peerwerk.routing.internal.wire.KadRecord;
import io.peerwerk.routing.internal.wire.Octets;
import org.jspecify.annotations.Nullable;

/** The best value of a key among those that peers give, and who has it. Not thread-safe. */
public final class BestValue {

    private final Validator validator;
    private final Octets key;
    private final Map<PeerId, Octets> given = new HashMap<>();
    private @Nullable KadRecord best;
    private Validator.@Nullable Rank rank;

    public BestValue(Validator validator, Octets key) {
        this.validator = validator;
        this.key = key;
    }

    /**
     * A peer gives a value.
     *
     * @throws FormatException if it is none of the key; the peer counts as one that has none
     */
    public void found(PeerId from, KadRecord record, Instant now) throws FormatException {
        var own = new KadRecord(key, record.value());
        if (!record.key().equals(key)) {
            throw new FormatException("a record of another key than was asked for");
        }
        Validator.Rank found = validator.check(own, now);
        given.put(from, record.value());
        int order = rank == null ? 1 : found.compareTo(rank);
        if (order > 0 || order == 0 && best != null && isSmaller(best.value(), record.value())) {
            best = own;
            rank = found;
        }
    }

    /** Of equally good ones the greater bytes, so that all peers choose alike. */
    private static boolean isSmaller(Octets one, Octets other) {
        return Arrays.compareUnsigned(one.bytes(), other.bytes()) < 0;
    }

    /** The best one so far. */
    public Optional<KadRecord> best() {
        return Optional.ofNullable(best);
    }

    /** How many peers gave just that one. */
    public int agreeing() {
        KadRecord now = best;
        return now == null ? 0 : (int) given.values().stream().filter(now.value()::equals).count();
    }

    /** Those of the peers that gave none, or not the best one. */
    public List<Contact> outdated(List<Contact> of) {
        List<Contact> outdated = new ArrayList<>();
        KadRecord now = best;
        for (Contact contact : of) {
            if (now != null && !now.value().equals(given.get(contact.id()))) {
                outdated.add(contact);
            }
        }
        return outdated;
    }
}
