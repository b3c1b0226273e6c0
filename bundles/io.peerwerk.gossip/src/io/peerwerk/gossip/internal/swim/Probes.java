// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
    record Indirect(Round round, PeerId helper) implements Purpose {
    }

    /** To tell the peer with this ticket whether a target is there. */
    record Relay(long askedUnder, Sender askedBy) implements Purpose {
    }

    /**
     * To see whether the peer knows the same.
     *
     * @param given the members of a partial view that the peer is given to swap
     */
    record Comparison(PeerId with, List<Belief> given) implements Purpose {
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
        private final List<PeerId> deniers = new ArrayList<>(0);
        private int answered;
        private boolean reached;

        Round(Belief target, long incarnation, int asked) {
            this.target = target;
            this.incarnation = incarnation;
            this.asked = asked;
            this.open = asked;
        }

        void answered(boolean hasReached, PeerId helper) {
            open--;
            answered++;
            reached |= hasReached;
            if (!hasReached) {
                deniers.add(helper);
            }
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

        /** Helpers that did not reach it either. */
        List<PeerId> deniers() {
            return deniers;
        }

        /**
         * Helpers that said neither yes nor no: then it may be our own line that is bad (Lifeguard's missed nacks).
         * Nobody to ask counts as one.
         */
        int missingHelpers() {
            return asked == 0 ? 1 : asked - answered;
        }
    }

    /** Few at a time, so that looking through them costs less than any table. */
    private long[] tickets = new long[4];
    private @Nullable Purpose[] open = new Purpose[4];
    private int count;
    private long lastTicket;
    private int relays;
    private int comparisons;

    long begin(Purpose purpose) {
        if (count == open.length) {
            tickets = Arrays.copyOf(tickets, 2 * count);
            open = Arrays.copyOf(open, 2 * count);
        }
        tickets[count] = ++lastTicket;
        open[count++] = purpose;
        relays += purpose instanceof Relay ? 1 : 0;
        comparisons += purpose instanceof Comparison ? 1 : 0;
        return lastTicket;
    }

    /** What the request was for; null if it is over already. */
    @Nullable
    Purpose end(long ticket) {
        Purpose purpose = remove(ticket);
        relays -= purpose instanceof Relay ? 1 : 0;
        comparisons -= purpose instanceof Comparison ? 1 : 0;
        return purpose;
    }

    private @Nullable Purpose remove(long ticket) {
        for (int i = 0; i < count; i++) {
            if (tickets[i] == ticket) {
                Purpose purpose = open[i];
                tickets[i] = tickets[--count];
                open[i] = open[count];
                open[count] = null;
                return purpose;
            }
        }
        return null;
    }

    boolean canRelay() {
        return relays < SwimOptions.MAX_RELAYS;
    }

    /** Whether a comparison is under way: the next one waits for its end. */
    boolean isComparing() {
        return comparisons > 0;
    }
}
