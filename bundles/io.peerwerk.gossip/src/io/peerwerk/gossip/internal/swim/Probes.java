// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;

/** The requests under way, by ticket, and what each is for. */
final class Probes {

    /** What a request is for. */
    sealed interface Purpose {
    }

    /** To see whether the target is there. */
    record Direct(Belief target, long incarnation) implements Purpose {
    }

    /** The same, through a helper. */
    record Indirect(Round round) implements Purpose {
    }

    /** To tell the peer with this ticket whether the target is there. */
    record Relay(Belief target, long askedUnder, PeerId askedBy) implements Purpose {
    }

    /** To see whether the peer knows the same. */
    record Comparison(PeerId with) implements Purpose {
    }

    /** To get cards that came out missing. */
    record Delivery() implements Purpose {
    }

    /** To pass on news, or to see whether one who went is back. That there is no answer means nothing new. */
    record Talk() implements Purpose {
    }

    /** The indirect probes of one target: what has come of them so far. */
    static final class Round {
        final Belief target;
        final long incarnation;
        private final int asked;
        private int open;
        private int answered;
        private boolean reached;

        Round(Belief target, long incarnation, int asked) {
            this.target = target;
            this.incarnation = incarnation;
            this.asked = asked;
            this.open = asked;
        }

        void answered(boolean hasReached) {
            open--;
            answered++;
            reached |= hasReached;
        }

        void failed() {
            open--;
        }

        boolean isOver() {
            return open == 0;
        }

        boolean hasReached() {
            return reached;
        }

        /**
         * Helpers that said neither yes nor no: then it may be our own line that is bad (Lifeguard's missed nacks).
         * Nobody to ask counts as one.
         */
        int missingHelpers() {
            return asked == 0 ? 1 : asked - answered;
        }
    }

    private final Map<Long, Purpose> open = new HashMap<>(8);
    private long lastTicket;
    private int relays;
    private int comparisons;

    long begin(Purpose purpose) {
        open.put(++lastTicket, purpose);
        relays += purpose instanceof Relay ? 1 : 0;
        comparisons += purpose instanceof Comparison ? 1 : 0;
        return lastTicket;
    }

    /** What the request was for; null if it is over already. */
    @Nullable
    Purpose end(long ticket) {
        Purpose purpose = open.remove(ticket);
        relays -= purpose instanceof Relay ? 1 : 0;
        comparisons -= purpose instanceof Comparison ? 1 : 0;
        return purpose;
    }

    boolean canRelay() {
        return relays < SwimOptions.MAX_RELAYS;
    }

    /** Whether a comparison is under way: the next one waits for its end. */
    boolean isComparing() {
        return comparisons > 0;
    }
}
