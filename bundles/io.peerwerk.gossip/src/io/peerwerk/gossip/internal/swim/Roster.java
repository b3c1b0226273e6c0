// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;

/**
 * The other members and the rules by which beliefs about them change. Every change is told through the sink that was
 * handed in, and goes into the {@link News}.
 */
final class Roster {

    /** A rumour's incarnation may be so many seconds ahead of our clock: clocks of honest peers differ by less. */
    static final long FUTURE_SECONDS = 24 * 3600;

    /**
     * Beyond that it may be so many ahead of what we know, and a contradiction twice as many, so that it always fits.
     */
    static final long LEAP = 1024;

    /** How many peers, about, ask a suspect themselves before they hold it for dead. */
    private static final int LAST_CHANCES = 64;

    final News news = new News();

    private final Map<PeerId, Belief> beliefs = new HashMap<>();
    private final Reachable reachable;
    private final List<Belief> suspects = new ArrayList<>();
    private final List<Belief> gone = new ArrayList<>();

    private final SwimOptions options;
    private final RandomGenerator random;
    private final SteadyTime time;
    private final Consumer<SwimAction> sink;

    /** How many peers others may still tell us about now. */
    private int newcomersWelcome = SwimOptions.NEWCOMERS;

    Roster(SwimOptions options, RandomGenerator random, SteadyTime time, Consumer<SwimAction> sink) {
        this.options = options;
        this.random = random;
        this.time = time;
        this.sink = sink;
        this.reachable = new Reachable(random);
    }

    @Nullable
    Belief find(PeerId id) {
        return beliefs.get(id);
    }

    Reachable reachable() {
        return reachable;
    }

    /** Members in all states, this peer not counted. */
    int size() {
        return beliefs.size();
    }

    /** This peer and those it holds for reachable. */
    int peers() {
        return reachable.size() + 1;
    }

    List<Member> members() {
        List<Member> members = new ArrayList<>(beliefs.size());
        beliefs.values().forEach(belief -> members.add(belief.toMember()));
        return members;
    }

    /** A peer says something about itself, over its own connection: that is how it is. */
    @Nullable
    Belief hearFromItself(Rumour rumour) {
        Belief belief = beliefs.get(rumour.id());
        boolean left = rumour.state() == MemberState.LEFT;
        if (belief == null) {
            return left ? null : welcome(rumour, true);
        }
        meet(belief);
        boolean newer = rumour.incarnation() > belief.card.incarnation();
        boolean same = rumour.incarnation() == belief.card.incarnation();
        if (left && (newer || same)) {
            change(belief, rumour.card(), MemberState.LEFT, false);
        } else if (newer || same && belief.state == MemberState.ALIVE) {
            change(belief, rumour.card(), MemberState.ALIVE, false);
        }
        return belief; // if it knows less about itself than we do, the next message tells it
    }

    private void meet(Belief belief) {
        if (belief.place != Belief.NOWHERE && !belief.met) {
            reachable.promote(belief);
        }
        belief.met = true;
    }

    /** Somebody says something about a third peer. */
    void hear(Rumour rumour) {
        Belief belief = beliefs.get(rumour.id());
        if (rumour.incarnation() > highestCredible(rumour, belief)) {
            return;
        }
        if (belief == null) {
            if (rumour.state().isReachable() && newcomersWelcome > 0 && welcome(rumour, false) != null) {
                newcomersWelcome--;
            }
            return;
        }
        int age = Long.compare(rumour.incarnation(), belief.card.incarnation());
        int rank = rumour.state().compareTo(belief.claim());
        if (age > 0 || age == 0 && rank > 0) {
            accept(rumour, belief);
        } else if (age == 0 && belief.state == MemberState.DEAD && rumour.state().isReachable()) {
            // Others still see it: tell it soon that we do not, so that it can contradict.
            belief.deadline = Math.min(belief.deadline, belief.triedAt + options.retryGone() / 4);
        }
    }

    private void accept(Rumour rumour, Belief belief) {
        Card card = rumour.incarnation() > belief.card.incarnation() ? rumour.card() : belief.card;
        MemberState state = rumour.state();
        if (!state.isReachable() && belief.state.isReachable()) {
            change(belief, card, MemberState.SUSPECT, state == MemberState.LEFT);
        } else {
            change(belief, card, state, false);
        }
    }

    private long highestCredible(Rumour rumour, @Nullable Belief belief) {
        long known = belief == null ? 0 : belief.card.incarnation();
        return highestCredible(known, rumour.state(), time);
    }

    static long highestCredible(long known, MemberState claimed, SteadyTime time) {
        long leap = claimed == MemberState.ALIVE ? 2 * LEAP : LEAP;
        return Math.max(known + leap, time.wallMillis() / 1000 + FUTURE_SECONDS);
    }

    /** Adds a peer, if there is room for one more or one that matters less can go. */
    private @Nullable Belief welcome(Rumour rumour, boolean met) {
        if (beliefs.size() >= options.maxMembers() && !makeRoom(met)) {
            return null;
        }
        var belief = new Belief(rumour.card(), rumour.state());
        belief.met = met;
        belief.since = time.wallMillis();
        beliefs.put(belief.id(), belief);
        enter(belief);
        news.add(belief, options.retransmissions(peers()));
        sink.accept(new SwimAction.Changed(null, belief.toMember()));
        return belief;
    }

    /** Lets one go that is gone anyway, or, for one that we talk to, one that we only heard of. */
    private boolean makeRoom(boolean forOneMet) {
        if (!gone.isEmpty()) {
            remove(gone.get(random.nextInt(gone.size())));
            return true;
        }
        Belief expendable = forOneMet ? reachable.expendable() : null;
        if (expendable == null) {
            return false;
        }
        remove(expendable);
        return true;
    }

    /** A probe failed. The accusation counts only against the incarnation that was probed. */
    void suspect(Belief belief, long incarnation) {
        if (!belief.forgotten && belief.state == MemberState.ALIVE && belief.card.incarnation() == incarnation) {
            change(belief, belief.card, MemberState.SUSPECT, false);
        }
    }

    /**
     * Those whose time to contradict is over are held for gone. A little before, each is asked by ourselves, for the
     * contradiction may just have missed us; in large networks by enough of us to make that rare.
     *
     * @return those to ask now
     */
    List<Belief> judgeSuspects() {
        long now = time.now();
        List<Belief> lastChances = new ArrayList<>();
        for (Belief belief : List.copyOf(suspects)) {
            if (belief.deadline > now) {
                continue;
            }
            if (belief.lastChance) {
                belief.lastChance = false;
                belief.deadline += options.indirectTimeout();
                if (random.nextInt(peers()) < LAST_CHANCES) {
                    lastChances.add(belief);
                }
            } else {
                change(belief, belief.card, belief.leaving ? MemberState.LEFT : MemberState.DEAD, false);
            }
        }
        return lastChances;
    }

    /** When something is to be done about a suspect next. */
    long nextJudgement() {
        long next = Long.MAX_VALUE;
        for (Belief belief : suspects) {
            next = Math.min(next, belief.deadline);
        }
        return next;
    }

    /** Once a period: forgets whom it is time to forget, and gives a few of the gone to be tried again. */
    List<Belief> reviewGone() {
        newcomersWelcome = Math.min(SwimOptions.NEWCOMERS, newcomersWelcome + SwimOptions.NEWCOMERS_PER_PERIOD);
        long now = time.now();
        List<Belief> due = new ArrayList<>(SwimOptions.RETRIES_PER_PERIOD);
        for (Belief belief : List.copyOf(gone)) {
            if (now - belief.goneAt >= options.forgetGone()) {
                remove(belief);
            } else if (belief.deadline <= now && due.size() < SwimOptions.RETRIES_PER_PERIOD) {
                due.add(belief);
                belief.triedAt = now;
                belief.deadline = now + jittered(options.retryGone() << Math.min(3, belief.tries++));
            }
        }
        return due;
    }

    /** A peer that was held for gone gave a sign of itself: it is tried in the next period, unless it just was. */
    void tryAgainSoon(Belief belief) {
        belief.deadline = Math.min(belief.deadline, belief.triedAt + options.period());
    }

    private void change(Belief belief, Card card, MemberState state, boolean leaving) {
        boolean sameCard = card.equals(belief.card);
        if (sameCard && state == belief.state && leaving == belief.leaving) {
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
        belief.leaving = leaving;
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
            belief.goneAt = now;
            belief.triedAt = now;
            belief.tries = 0;
            belief.deadline = now + jittered(options.retryGone());
        } else if (belief.place == Belief.NOWHERE) {
            reachable.add(belief);
        }
        if (belief.state == MemberState.SUSPECT) {
            suspects.add(belief);
            belief.lastChance = true;
            belief.deadline = now + options.suspicionTimeout(peers()) - options.indirectTimeout();
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
        beliefs.remove(belief.id());
        news.drop(belief);
        sink.accept(new SwimAction.Forgotten(belief.id()));
    }

    /** Between half and one and a half times as long. */
    private long jittered(long millis) {
        return millis / 2 + random.nextLong(millis + 1);
    }
}
