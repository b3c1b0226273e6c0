// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.internal.wire.Contact;

/** What this peer believes of one other peer. Mutable; plain fields for {@link Roster} and its neighbours. */
final class Belief {

    /** Not in a list. */
    static final int NOWHERE = -1;

    final PeerId id;
    Card card;
    MemberState state;

    /** The incarnation of our own card that it has shown to have. */
    long knows;

    /** What there is to know of one that is not alive; nothing of most. */
    private @Nullable Trouble trouble;

    /** It has talked to us itself, so it is no invention of another peer. */
    boolean met;

    /** It is in no list any more; a probe of it may still be under way. */
    boolean forgotten;

    /** A probe of it is under way. */
    boolean probing;

    /** When {@link #state} began, in milliseconds of the clock. */
    long since;

    /** Smoothed round trip; 0 if none was measured. */
    private long roundTripNanos;

    /** Its place in {@link ProbeOrder}. */
    int place = NOWHERE;

    /** How often news of it is still to be passed on, and whether it stands in a queue of {@link News}. */
    int newsLeft;
    boolean queued;

    /** About a suspect, or one that is gone. */
    static final class Trouble {

        /** Who has found by itself that this suspect does not answer, in short; ourselves perhaps. */
        final List<Long> accusers = new ArrayList<>(Rumour.MAX_ACCUSERS);

        /** Steady time when it came under suspicion. */
        long suspectSince;

        /** A suspect that we have not asked ourselves yet. */
        boolean lastChance;

        /**
         * Steady time when a suspect is asked once more, then when its time is over; for one that is gone, when it is
         * tried.
         */
        long deadline;

        /** Steady time when a peer went, and was last tried. */
        long goneAt;
        long triedAt;
        int tries;
    }

    Belief(Card card, MemberState state) {
        this.id = card.id();
        this.card = card;
        this.state = state;
    }

    PeerId id() {
        return id;
    }

    /** Of one that is not alive. */
    Trouble trouble() {
        Trouble present = trouble;
        if (present == null) {
            present = new Trouble();
            trouble = present;
        }
        return present;
    }

    /** It is alive. */
    void isWell() {
        trouble = null;
    }

    Contact contact() {
        return card.contact();
    }

    /** What to tell others: the card goes with what it says itself, not with what is said against it. */
    Rumour rumour() {
        return switch (state) {
            case ALIVE, LEFT -> Rumour.full(card, state);
            case SUSPECT, DEAD -> new Rumour(card.id(), state, card.incarnation(), null, trouble().accusers);
        };
    }

    /** What to tell the peer itself, which may have forgotten that card. */
    Rumour accusation() {
        return new Rumour(card.id(), state, card.incarnation(), card.sealed(), List.of());
    }

    /** Whether this accuser is new, and still counts. */
    boolean accusedBy(long accuser) {
        List<Long> accusers = trouble().accusers;
        return accusers.size() < Rumour.MAX_ACCUSERS && !accusers.contains(accuser) && accusers.add(accuser);
    }

    /** An eighth of the new value and seven of the old, as TCP does it (RFC 6298). */
    void measure(long nanos) {
        roundTripNanos = roundTripNanos == 0 ? Math.max(1, nanos) : roundTripNanos + (nanos - roundTripNanos) / 8;
    }

    Member toMember() {
        return new Member(card.id(), card.addresses(), state, card.incarnation(), Instant.ofEpochMilli(since),
                roundTripNanos == 0 ? null : Duration.ofNanos(roundTripNanos), card.offer(), card.roles());
    }
}
