// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.internal.wire.Contact;

/**
 * The other members and the rules by which beliefs about them change. Every change is told through the sink that was
 * handed in, and goes into the {@link News}.
 */
final class Roster {

    /** How many peers, about, ask a suspect themselves before they hold it for dead. */
    private static final int LAST_CHANCES = 64;

    final News news = new News();

    private final Beliefs beliefs;
    private final Reachable reachable;
    private final List<Belief> suspects = new ArrayList<>(0);
    private final List<Belief> gone = new ArrayList<>(0);

    private final SwimOptions options;
    private final RandomGenerator random;
    private final SteadyTime time;
    private final Consumer<SwimAction> sink;

    /** How many peers others may still tell us about now. */
    private int newcomersWelcome = SwimOptions.NEWCOMERS;

    /** How many signatures are still checked now. */
    private int checks = SwimOptions.SIGNATURES;

    private final long selfBrief;
    private final PartialView view;

    Roster(PeerId self, SwimOptions options, RandomGenerator random, SteadyTime time, Consumer<SwimAction> sink) {
        this.selfBrief = self.tail();
        this.options = options;
        this.random = random;
        this.time = time;
        this.sink = sink;
        this.reachable = new Reachable(random);
        this.view = new PartialView(options);
        this.beliefs = new Beliefs(random.nextInt());
    }

    @Nullable
    Belief find(PeerId id) {
        return beliefs.find(id);
    }

    /** What is believed of a peer that is known to be in here. */
    Belief known(PeerId id) {
        return Objects.requireNonNull(beliefs.find(id));
    }

    /** Where the target is that a request names, by the card of it that the request has; null if we cannot know. */
    @Nullable
    Contact contact(SwimMessage.PingOther request) {
        for (Rumour rumour : request.rumours()) {
            SealedCard sealed = rumour.card();
            if (sealed != null && checks > 0 && rumour.id().equals(request.target())) {
                checks--;
                try {
                    Card card = Card.open(sealed);
                    return card.id().equals(request.target()) && !card.left() ? card.contact() : null;
                } catch (FormatException e) {
                    return null; // its sender answers for it where rumours are heard
                }
            }
        }
        return null;
    }

    Reachable reachable() {
        return reachable;
    }

    PartialView view() {
        return view;
    }

    /** Members in all states, this peer not counted. */
    int size() {
        return beliefs.size();
    }

    /** This peer and those it holds for reachable. */
    int peers() {
        return reachable.size() + 1;
    }

    Beliefs beliefs() {
        return beliefs;
    }

    List<Member> members() {
        List<Member> members = new ArrayList<>(beliefs.size());
        beliefs.forEach(belief -> members.add(belief.toMember()));
        return members;
    }

    /**
     * A peer says something about itself, over its own connection: that is how it is.
     *
     * @return what is believed of it now; null if it has not shown its card yet
     */
    @Nullable
    Belief hearFromItself(Sender sender) {
        Belief belief = beliefs.find(sender.id());
        Card card = sender.card();
        if (belief == null) {
            belief = card == null || card.left() ? null : welcome(card, true);
        } else {
            meet(belief);
            if (card != null && card.incarnation() > belief.card.incarnation()) {
                adopt(belief, card);
            }
        }
        if (belief != null) {
            belief.knows = sender.known();
        }
        return belief; // if it knows less about itself than we do, the next message tells it
    }

    private void meet(Belief belief) {
        if (belief.place != Belief.NOWHERE && !belief.met) {
            reachable.promote(belief);
        }
        belief.met = true;
    }

    private void adopt(Belief belief, Card card) {
        change(belief, card, card.left() ? MemberState.LEFT : MemberState.ALIVE);
    }

    /** What becomes of a rumour. */
    enum Effect {
        /** Nothing that asks for more. */
        NONE,
        /** A member has come under suspicion here by this. */
        NEW_SUSPECT,
        /** It is about a card that we do not have. */
        CARD_MISSING
    }

    /**
     * Somebody says something about a third peer. Its card proves itself, whoever brings it; everything else makes it
     * SUSPECT at most, and counts only against the very card that it is said about.
     *
     * @throws FormatException if the card's signature is not that of the peer, which no honest peer would pass on
     */
    Effect hear(Rumour rumour, PeerId from) throws FormatException {
        Belief belief = beliefs.find(rumour.id());
        long known = belief == null ? -1 : belief.card.incarnation();
        if (rumour.incarnation() > known) {
            Card card = check(rumour, belief == null);
            if (card == null) {
                return Effect.CARD_MISSING;
            } else if (belief != null) {
                adopt(belief, card);
            } else if (!card.left()) {
                newcomersWelcome--;
                belief = welcome(card, false);
            }
        }
        return belief == null || rumour.incarnation() < belief.card.incarnation()
                ? Effect.NONE : weigh(belief, rumour, from);
    }

    /** The card that a rumour carries; null if there is none or no time for it. */
    private @Nullable Card check(Rumour rumour, boolean newcomer) throws FormatException {
        SealedCard sealed = rumour.card();
        if (sealed == null || checks <= 0 || newcomer && (newcomersWelcome <= 0 || !canTake())) {
            return null;
        }
        checks--;
        Card card = Card.open(sealed);
        if (!card.id().equals(rumour.id()) || card.incarnation() != rumour.incarnation()) {
            throw new FormatException("a card of another peer or version than that of " + rumour.id());
        }
        return card;
    }

    /** It is about the card that we hold. */
    private Effect weigh(Belief belief, Rumour rumour, PeerId from) {
        boolean accusation = rumour.state() == MemberState.SUSPECT || rumour.state() == MemberState.DEAD;
        if (accusation && belief.state.isReachable()) {
            boolean fresh = belief.state == MemberState.ALIVE;
            if (fresh) {
                change(belief, belief.card, MemberState.SUSPECT);
            }
            rumour.accusers().forEach(accuser -> accuse(belief, accuser));
            if (rumour.state() == MemberState.DEAD) {
                accuse(belief, from.tail());
            }
            return fresh ? Effect.NEW_SUSPECT : Effect.NONE;
        } else if (belief.state == MemberState.DEAD && rumour.state().isReachable()) {
            // Others still see it: tell it soon that we do not, so that it can contradict.
            Belief.Trouble trouble = belief.trouble();
            trouble.deadline = Math.min(trouble.deadline, trouble.triedAt + options.retryGone() / 4);
        }
        return Effect.NONE;
    }

    private void accuse(Belief suspect, long accuser) {
        if (suspect.accusedBy(accuser)) {
            news.add(suspect, options.retransmissions(peers()));
            if (suspect.trouble().lastChance) {
                suspect.trouble().deadline = lastChance(suspect.trouble());
            }
        }
    }

    /** When a suspect is asked once more. */
    private long lastChance(Belief.Trouble suspect) {
        int accusers = Math.max(1, suspect.accusers.size());
        return suspect.suspectSince + options.suspicionTimeout(peers(), accusers) - options.indirectTimeout();
    }

    /** Adds a peer, if there is room for one more or one that matters less can go. */
    private @Nullable Belief welcome(Card card, boolean met) {
        if (beliefs.size() >= options.maxMembers() && !makeRoom(met)) {
            return null;
        }
        var belief = new Belief(card, MemberState.ALIVE);
        belief.met = met;
        belief.since = time.wallMillis();
        beliefs.add(belief);
        enter(belief);
        if (!options.isPartial()) {
            news.add(belief, options.retransmissions(peers())); // of a partial view it would interest next to nobody
        }
        sink.accept(new SwimAction.Changed(null, belief.toMember()));
        return belief;
    }

    /** Whether there is a place for a member that we only hear of. */
    boolean canTake() {
        return beliefs.size() < options.maxMembers() || !gone.isEmpty() || view.canSwap();
    }

    /**
     * Lets one go that is gone anyway. Else, for one that we talk to, one that we only heard of; or, in a partial view,
     * one that was given to another peer.
     */
    private boolean makeRoom(boolean forOneMet) {
        Belief leaving;
        if (!gone.isEmpty()) {
            leaving = gone.get(random.nextInt(gone.size()));
        } else if (options.isPartial()) {
            leaving = view.takeGiven();
        } else {
            leaving = forOneMet ? reachable.expendable() : null;
        }
        if (leaving == null) {
            return false;
        }
        remove(leaving);
        return true;
    }

    /** A member that is known from elsewhere, if there is room for it. */
    void recall(Card card) {
        if (beliefs.find(card.id()) == null && beliefs.size() < options.maxMembers()) {
            welcome(card, false);
        }
    }

    /**
     * A probe failed. The accusation counts only against the incarnation that was probed.
     *
     * @param deniers helpers that did not reach it either. In a partial view they accuse it, too: nobody else is likely
     *         to be heard, for those who watch the same peer do not know each other
     */
    void suspect(Belief belief, long incarnation, List<PeerId> deniers) {
        if (!belief.forgotten && belief.state.isReachable() && belief.card.incarnation() == incarnation) {
            if (belief.state == MemberState.ALIVE) {
                change(belief, belief.card, MemberState.SUSPECT);
            }
            accuse(belief, selfBrief);
            if (options.isPartial()) {
                deniers.forEach(denier -> accuse(belief, denier.tail()));
            }
        }
    }

    /** Those that have a while to contradict. */
    List<Belief> suspects() {
        return suspects.isEmpty() ? List.of() : List.copyOf(suspects);
    }

    /**
     * Those whose time to contradict is over are held for gone. A little before, each is asked by ourselves, for the
     * contradiction may just have missed us; in large networks by enough of us to make that rare.
     *
     * @return those to ask now
     */
    List<Belief> judgeSuspects() {
        long now = time.now();
        if (suspects.isEmpty()) {
            return List.of();
        }
        List<Belief> lastChances = new ArrayList<>();
        for (Belief belief : List.copyOf(suspects)) {
            Belief.Trouble trouble = belief.trouble();
            if (trouble.deadline > now) {
                continue;
            }
            if (trouble.lastChance) {
                trouble.lastChance = false;
                trouble.deadline += options.indirectTimeout();
                if (random.nextInt(peers()) < LAST_CHANCES) {
                    lastChances.add(belief);
                }
            } else {
                change(belief, belief.card, MemberState.DEAD);
            }
        }
        return lastChances;
    }

    /** When something is to be done about a suspect next. */
    long nextJudgement() {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < suspects.size(); i++) {
            Belief belief = suspects.get(i);
            next = Math.min(next, belief.trouble().deadline);
        }
        return next;
    }

    /** Once a period: forgets whom it is time to forget, and gives a few of the gone to be tried again. */
    List<Belief> reviewGone() {
        newcomersWelcome = Math.min(SwimOptions.NEWCOMERS, newcomersWelcome + SwimOptions.NEWCOMERS_PER_PERIOD);
        checks = Math.min(SwimOptions.SIGNATURES, checks + SwimOptions.SIGNATURES_PER_PERIOD);
        if (gone.isEmpty()) {
            return List.of();
        }
        long now = time.now();
        List<Belief> due = new ArrayList<>(SwimOptions.RETRIES_PER_PERIOD);
        for (Belief belief : List.copyOf(gone)) {
            Belief.Trouble trouble = belief.trouble();
            if (now - trouble.goneAt >= options.forgetGone()) {
                remove(belief);
            } else if (trouble.deadline <= now && due.size() < SwimOptions.RETRIES_PER_PERIOD) {
                due.add(belief);
                trouble.triedAt = now;
                trouble.deadline = now + jittered(options.retryGone() << Math.min(3, trouble.tries++));
            }
        }
        return due;
    }

    /** A peer that was held for gone gave a sign of itself: it is tried in the next period, unless it just was. */
    void tryAgainSoon(Belief belief) {
        Belief.Trouble trouble = belief.trouble();
        trouble.deadline = Math.min(trouble.deadline, trouble.triedAt + options.period());
    }

    private void change(Belief belief, Card card, MemberState state) {
        boolean sameCard = card.equals(belief.card);
        if (sameCard && state == belief.state) {
            return;
        }
        Member before = belief.toMember();
        boolean newTerm = state != belief.state || card.incarnation() != belief.card.incarnation();
        if (newTerm) {
            leave(belief, state.isReachable());
        }
        belief.since = state == belief.state ? belief.since : time.wallMillis();
        belief.card = card;
        belief.state = state;
        if (newTerm) {
            enter(belief);
        }
        news.add(belief, options.retransmissions(peers()));
        Member now = belief.toMember();
        if (!now.equals(before)) {
            sink.accept(new SwimAction.Changed(before, now));
        }
    }

    private void enter(Belief belief) {
        long now = time.now();
        if (!belief.state.isReachable()) {
            gone.add(belief);
            Belief.Trouble trouble = belief.trouble();
            trouble.goneAt = now;
            trouble.triedAt = now;
            trouble.tries = 0;
            trouble.deadline = now + jittered(options.retryGone());
        } else if (belief.place == Belief.NOWHERE) {
            reachable.add(belief);
        }
        if (belief.state == MemberState.SUSPECT) {
            suspects.add(belief);
            Belief.Trouble trouble = belief.trouble();
            trouble.accusers.clear();
            trouble.suspectSince = now;
            trouble.lastChance = true;
            trouble.deadline = lastChance(trouble);
        } else if (belief.state == MemberState.ALIVE) {
            belief.isWell();
        }
    }

    /**
     * Takes a belief out of the lists of its state; a member that stays reachable keeps its place in the probe order.
     */
    private void leave(Belief belief, boolean staysReachable) {
        if (belief.state == MemberState.SUSPECT) {
            suspects.remove(belief);
        }
        if (!belief.state.isReachable()) {
            gone.remove(belief);
        } else if (!staysReachable) {
            reachable.remove(belief);
        }
    }

    private void remove(Belief belief) {
        leave(belief, false);
        belief.forgotten = true;
        beliefs.remove(belief);
        news.drop(belief);
        sink.accept(new SwimAction.Forgotten(belief.id()));
    }

    /** Between half and one and a half times as long. */
    private long jittered(long millis) {
        return millis / 2 + random.nextLong(millis + 1);
    }
}
