// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.Role;

/** This peer as it presents itself, and how it contradicts what others say about it. */
final class Self {

    private final Card.Sealer sealer;
    private final Consumer<SwimAction> sink;
    private final long since;

    private Card card;
    private boolean left;

    /**
     * The first incarnation is the clock's second, which is later than any of an earlier life unless that raised it.
     */
    Self(Card.Sealer sealer, List<Multiaddr> addresses, SteadyTime time, Consumer<SwimAction> sink) {
        this.sealer = sealer;
        this.sink = sink;
        this.since = time.wallMillis();
        long seconds = Math.clamp(since / 1000, 0, Card.MAX_INCARNATION / 2);
        this.card = sealer.seal(new Card.Content(seconds, addresses, 0, false));
    }

    PeerId id() {
        return card.id();
    }

    long incarnation() {
        return card.incarnation();
    }

    /** Who talks to this reader: with the card, unless the reader has shown that it has it. */
    Sender sender(@Nullable Belief reader) {
        boolean known = reader != null && reader.knows == card.incarnation();
        return new Sender(card.id(), card.incarnation(), known ? null : card,
                reader == null ? 0 : reader.card.incarnation());
    }

    /** Bytes of the card, if it goes to this reader. */
    int cardBytes(@Nullable Belief reader) {
        return reader != null && reader.knows == card.incarnation() ? 0 : card.sealed().length();
    }

    /** With the card in any case: to one that is to take us into its view. */
    Sender introduction(@Nullable Belief reader) {
        return new Sender(card.id(), card.incarnation(), card, reader == null ? 0 : reader.card.incarnation());
    }

    /**
     * For an answer to somebody who has no place in our view: with the card, unless it has that.
     *
     * @param welcome whether we would like to have its card
     */
    Sender sender(Sender stranger, boolean welcome) {
        boolean known = stranger.known() == card.incarnation();
        return new Sender(card.id(), card.incarnation(), known ? null : card, welcome ? 0 : stranger.incarnation());
    }

    Member toMember() {
        return new Member(card.id(), card.addresses(), hasLeft() ? MemberState.LEFT : MemberState.ALIVE,
                card.incarnation(), Instant.ofEpochMilli(since), null, card.offer(), card.roles());
    }

    boolean hasLeft() {
        return left;
    }

    void leave() {
        show(card.content().goodBye(next(card.incarnation())));
    }

    /** Whether anything is new about it. */
    boolean present(List<Multiaddr> addresses, long offer, Set<Role> roles) {
        var content = new Card.Content(card.incarnation(), addresses, offer, roles, false);
        if (content.equals(card.content())) {
            return false;
        }
        show(content.later(next(card.incarnation())));
        return true;
    }

    /**
     * Somebody says something about this peer. It contradicts an accusation of what it is now, and a card with its own
     * signature that it does not remember: that is of an earlier life. A number without a signed card proves nothing.
     *
     * @return whether it had to contradict
     * @throws FormatException if the signature is not its own
     */
    boolean hear(Rumour rumour) throws FormatException {
        if (rumour.incarnation() < card.incarnation()) {
            return false;
        }
        boolean accused = rumour.incarnation() == card.incarnation() && (rumour.state() == MemberState.SUSPECT
                || rumour.state() == MemberState.DEAD);
        long earlier = incarnationOfEarlierLife(rumour);
        if (!accused && earlier < card.incarnation()) {
            return false;
        }
        show(card.content().later(next(Math.max(earlier, card.incarnation()))));
        return true;
    }

    /** -1 if this is no proof of one. */
    private long incarnationOfEarlierLife(Rumour rumour) throws FormatException {
        SealedCard sealed = rumour.card();
        if (sealed == null || sealed.equals(card.sealed())) {
            return -1;
        }
        Card other = Card.open(sealed);
        if (!other.id().equals(id()) || other.incarnation() != rumour.incarnation()) {
            throw new FormatException("a card of another peer or version than that of " + id());
        }
        return other.incarnation();
    }

    private void show(Card.Content next) {
        card = sealer.seal(next);
        left = next.left();
        sink.accept(new SwimAction.Presented(toMember()));
    }

    private static long next(long incarnation) {
        return Math.min(incarnation + 1, Card.MAX_INCARNATION);
    }
}
