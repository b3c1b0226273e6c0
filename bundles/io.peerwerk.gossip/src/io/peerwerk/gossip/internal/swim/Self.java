// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.internal.wire.Contact;

/** This peer as it presents itself, and how it contradicts what others say about it. */
final class Self {

    private final SteadyTime time;
    private final Consumer<SwimAction> sink;
    private final long since;

    private Card card;
    private MemberState state = MemberState.ALIVE;

    /**
     * The first incarnation is the clock's second, which is later than any of an earlier life unless that raised it.
     */
    Self(Contact contact, SteadyTime time, Consumer<SwimAction> sink) {
        this.time = time;
        this.sink = sink;
        this.since = time.wallMillis();
        long seconds = Math.clamp(since / 1000, 0, Card.MAX_INCARNATION / 2);
        this.card = new Card(contact.id(), seconds, contact.addresses(), 0);
    }

    PeerId id() {
        return card.id();
    }

    Rumour rumour() {
        return new Rumour(card, state);
    }

    Member toMember() {
        return new Member(card.id(), card.addresses(), state, card.incarnation(), Instant.ofEpochMilli(since), null,
                card.offer());
    }

    boolean hasLeft() {
        return state == MemberState.LEFT;
    }

    void leave() {
        state = MemberState.LEFT;
        sink.accept(new SwimAction.Presented(toMember()));
    }

    /** Whether anything is new about it. */
    boolean present(List<Multiaddr> addresses, long offer) {
        if (addresses.equals(card.addresses()) && offer == card.offer()) {
            return false;
        }
        show(new Card(card.id(), next(card.incarnation()), addresses, offer));
        return true;
    }

    /**
     * Somebody says something about this peer. It contradicts an accusation, and also words that it has never said,
     * which come from an earlier life or were made up.
     *
     * @return whether it had to contradict
     */
    boolean hear(Rumour rumour) {
        if (rumour.incarnation() < card.incarnation() || isIncredible(rumour)) {
            return false;
        }
        if (rumour.state() == MemberState.ALIVE && rumour.card().equals(card)) {
            return false;
        }
        show(card.atIncarnation(next(rumour.incarnation())));
        return true;
    }

    /** Nobody else believes it either. */
    private boolean isIncredible(Rumour rumour) {
        return rumour.incarnation() > Roster.highestCredible(card.incarnation(), rumour.state(), time);
    }

    private void show(Card next) {
        card = next;
        sink.accept(new SwimAction.Presented(toMember()));
    }

    private static long next(long incarnation) {
        return Math.min(incarnation + 1, Card.MAX_INCARNATION);
    }
}
