// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.record;

import java.time.Instant;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.routing.internal.wire.KadRecord;

/** Knows which values belong under the keys of one namespace, and which of two is the better one. */
public interface Validator {

    /**
     * Looks at a value.
     *
     * @return how it compares with others of its key
     * @throws FormatException if it does not belong under the key, is forged or has run out
     */
    Rank check(KadRecord record, Instant now) throws FormatException;

    /**
     * How good a valid value is. The greater one replaces the smaller one.
     *
     * @param sequence compared first, unsigned
     * @param validity compared next: until then it is valid
     */
    record Rank(long sequence, Instant validity) implements Comparable<Rank> {

        /** Whether the value has run out. */
        public boolean isOver(Instant now) {
            return validity.isBefore(now);
        }

        @Override
        public int compareTo(Rank other) {
            int first = Long.compareUnsigned(sequence, other.sequence);
            return first != 0 ? first : validity.compareTo(other.validity);
        }
    }
}
