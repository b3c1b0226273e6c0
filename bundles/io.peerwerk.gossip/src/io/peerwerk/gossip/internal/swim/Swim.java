// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.internal.swim.Probes.Comparison;
import io.peerwerk.gossip.internal.swim.Probes.Direct;
import io.peerwerk.gossip.internal.swim.Probes.Indirect;
import io.peerwerk.gossip.internal.swim.Probes.Relay;
import io.peerwerk.gossip.internal.swim.Probes.Round;
import io.peerwerk.gossip.internal.swim.Probes.Talk;
import io.peerwerk.gossip.internal.wire.Contact;

/**
 * One peer's part of the SWIM protocol, see the package description. A pure state machine: what happens goes in, what
 * is to be done comes out. Not thread-safe.
 */
public final class Swim {

    /** Those to whom a leaving peer says good-bye, at most; the others hear it from them. */
    private static final int GOOD_BYES = 32;

    private static final long NEVER = Long.MAX_VALUE;

    private final SwimOptions options;
    private final RandomGenerator random;
    private final SteadyTime time;
    private final Health health = new Health();
    private final Probes probes = new Probes();
    private final Self self;
    private final Roster roster;

    /** What is to be done after the present input. */
    private List<SwimAction> actions = new ArrayList<>();

    /** How often this peer's own card is still to be carried to others before they would ask for it. */
    private int ownNewsLeft;

    /** Whom to compare lists with next; null for anyone. */
    private @Nullable Belief nextComparisonWith;

    private long nextPeriod;
    private long nextGossip;
    private long nextComparison;
    private long wakeAt = NEVER;

    public Swim(Contact contact, SwimOptions options, InstantSource clock, RandomGenerator random) {
        this.options = options;
        this.random = random;
        this.time = new SteadyTime(clock, options.period() / 4);
        this.self = new Self(contact, time, action -> actions.add(action));
        this.roster = new Roster(options, random, time, action -> actions.add(action));
        this.nextPeriod = random.nextLong(options.period());
        this.nextComparison = jittered(options.syncEvery());
    }

    /** Takes in what happened and gives what is to be done, in order. */
    public List<SwimAction> handle(SwimInput input) {
        actions = new ArrayList<>(4);
        if (!self.hasLeft()) {
            long now = time.now();
            dispatch(input, now);
            askToWake(input instanceof SwimInput.Tick, now);
        } else if (input instanceof SwimInput.Received(SwimMessage.Request request, long ticket)) {
            answer(ticket, true, List.of());
        }
        return actions;
    }

    private void dispatch(SwimInput input, long now) {
        switch (input) {
            case SwimInput.Tick() -> tick(now);
            case SwimInput.Received(SwimMessage.Request request, long ticket) -> receive(request, ticket);
            case SwimInput.Answered(long ticket, SwimMessage.Answer answer, long nanos) ->
                finish(ticket, answer, nanos);
            case SwimInput.Failed(long ticket) -> fail(ticket);
            case SwimInput.ConnectionLost(PeerId peer) -> connectionLost(roster.find(peer));
            case SwimInput.ConnectionOpened(PeerId peer) -> connectionOpened(roster.find(peer));
            case SwimInput.Meet(Contact contact) -> meet(contact);
            case SwimInput.Announce(List<Multiaddr> addresses, long offer) -> announce(addresses, offer);
            case SwimInput.Leave() -> leave();
        }
    }

    /** This peer as it presents itself. */
    public Member self() {
        return self.toMember();
    }

    /** All other members that are remembered, in no particular order. */
    public List<Member> members() {
        return roster.members();
    }

    public Optional<Member> find(PeerId id) {
        return Optional.ofNullable(roster.find(id)).map(Belief::toMember);
    }

    // ---- time

    private void tick(long now) {
        for (Belief suspect : roster.judgeSuspects()) {
            ask(suspect, new SwimMessage.Ping(self.rumour(), news(suspect)), new Talk(), options.probeTimeout());
        }
        if (now >= nextPeriod) {
            nextPeriod = now + jittered(health.stretch(options.period()));
            Belief target = roster.reachable().next();
            if (target != null) {
                probe(target);
            }
            for (Belief gone : roster.reviewGone()) {
                ask(gone, new SwimMessage.Ping(self.rumour(), news(gone)), new Talk(), options.probeTimeout());
            }
        }
        if (now >= nextComparison) {
            nextComparison = now + jittered(options.syncEvery());
            compare();
        }
        if (now >= nextGossip && hasNews()) {
            nextGossip = now + options.gossipEvery();
            gossip();
        }
    }

    private void askToWake(boolean timerIsUsedUp, long now) {
        if (self.hasLeft()) {
            return;
        }
        long next = Math.min(Math.min(nextPeriod, nextComparison), roster.nextJudgement());
        if (hasNews()) {
            next = Math.min(next, nextGossip);
        }
        if (timerIsUsedUp || next != wakeAt) {
            wakeAt = next;
            time.expectWake(Math.max(next, now));
            actions.add(new SwimAction.Wake(Math.max(1, next - now)));
        }
    }

    private boolean hasNews() {
        return roster.peers() > 1 && (ownNewsLeft > 0 || !roster.news.isEmpty());
    }

    private void gossip() {
        for (Belief reader : roster.reachable().pick(options.gossipFanout(), null)) {
            ask(reader, new SwimMessage.Ping(self.rumour(), news(reader)), new Talk(), options.probeTimeout());
        }
    }

    private void compare() {
        Belief with = nextComparisonWith;
        nextComparisonWith = null;
        if (with == null || with.forgotten || !with.state.isReachable()) {
            List<Belief> anyone = roster.reachable().pick(1, null);
            with = anyone.isEmpty() ? null : anyone.getFirst();
        }
        if (with != null) {
            ask(with, new SwimMessage.Sync(self.rumour(), list(with)), new Comparison(), 3 * options.probeTimeout());
        }
    }

    // ---- probing

    private void probe(Belief target) {
        if (!target.probing) {
            target.probing = true;
            ask(target, new SwimMessage.Ping(self.rumour(), news(target)),
                    new Direct(target, target.card.incarnation()), health.stretch(options.probeTimeout()));
        }
    }

    private void finish(long ticket, SwimMessage.Answer answer, long nanos) {
        Probes.Purpose purpose = probes.end(ticket);
        if (purpose == null) {
            return;
        }
        int before = roster.size();
        listen(answer);
        switch (purpose) {
            case Direct(Belief target, long incarnation) -> {
                target.probing = false;
                health.better();
                if (!target.forgotten) {
                    target.measure(nanos);
                    actions.add(new SwimAction.Measured(target.toMember()));
                }
            }
            case Indirect(Round round) -> {
                round.answered(answer.reached());
                judge(round);
            }
            case Relay(Belief target, long askedUnder) -> answer(askedUnder, true, List.of());
            case Comparison() -> {
                boolean perhapsMore = answer.rumours().size() > SwimOptions.MAX_RUMOURS / 4;
                if (perhapsMore && roster.size() > before + 1) {
                    compareSoon(null);
                }
            }
            case Talk() -> { }
        }
    }

    private void fail(long ticket) {
        switch (probes.end(ticket)) {
            case Direct(Belief target, long incarnation) -> probeIndirectly(target, incarnation);
            case Indirect(Round round) -> {
                round.failed();
                judge(round);
            }
            case Relay(Belief target, long askedUnder) -> answer(askedUnder, false, List.of());
            case Comparison() -> nextComparison = Math.min(nextComparison, time.now() + options.period());
            case Talk() -> { }
            case null -> { }
        }
    }

    private void probeIndirectly(Belief target, long incarnation) {
        List<Belief> helpers = roster.reachable().pick(options.indirectProbes(), target);
        var round = new Round(target, incarnation, helpers.size());
        for (Belief helper : helpers) {
            ask(helper, new SwimMessage.PingOther(self.rumour(), target.id(), news(helper)), new Indirect(round),
                    health.stretch(options.indirectTimeout()));
        }
        judge(round);
    }

    private void judge(Round round) {
        if (!round.isOver()) {
            return;
        }
        round.target.probing = false;
        if (!round.hasReached()) {
            if (round.missesHelpers()) {
                health.worse();
            }
            roster.suspect(round.target, round.incarnation);
        }
    }

    // ---- messages

    private void receive(SwimMessage.Request request, long ticket) {
        listen(request);
        Belief from = roster.find(request.sender().id());
        switch (request) {
            case SwimMessage.Ping ping -> answer(ticket, true, newsInReply(from, ping));
            case SwimMessage.PingOther other -> relay(other, ticket, from);
            case SwimMessage.Sync sync -> answer(ticket, true, list(from));
        }
    }

    private void relay(SwimMessage.PingOther request, long ticket, @Nullable Belief from) {
        Belief target = roster.find(request.target());
        if (target == null || !probes.canRelay()) {
            answer(ticket, false, newsInReply(from, request));
        } else {
            ask(target, new SwimMessage.Ping(self.rumour(), news(target)), new Relay(target, ticket),
                    options.probeTimeout());
        }
    }

    private void listen(SwimMessage message) {
        Rumour sender = message.sender();
        if (sender.id().equals(self.id())) {
            return; // only our own double could say so
        }
        Belief known = roster.find(sender.id());
        boolean wasGone = known != null && !known.state.isReachable();
        Belief belief = roster.hearFromItself(sender);
        for (Rumour rumour : message.rumours()) {
            if (!rumour.id().equals(self.id())) {
                roster.hear(rumour);
            } else if (self.hear(rumour)) {
                spreadOwnNews();
                if (rumour.state() != MemberState.ALIVE) {
                    health.worse();
                }
            }
        }
        if (wasGone && belief != null && belief.state.isReachable()) {
            compareSoon(belief); // the end of a partition, or a new life: there may be much to tell
        }
    }

    /** The news for a request. If we hold the reader itself for anything but alive, it hears that first. */
    private List<Rumour> news(@Nullable Belief reader) {
        List<Rumour> rumours = new ArrayList<>();
        addAccusation(rumours, reader);
        rumours.addAll(roster.news.take(SwimOptions.PIGGY_BACK - rumours.size(), reader));
        return rumours;
    }

    /** The same for an answer. */
    private List<Rumour> newsInReply(@Nullable Belief reader, SwimMessage request) {
        List<Rumour> rumours = new ArrayList<>();
        addAccusation(rumours, reader);
        rumours.addAll(roster.news.show(SwimOptions.PIGGY_BACK - rumours.size(), reader, request.rumours()));
        return rumours;
    }

    /** Members that are reachable as far as we know; in large networks, as many as fit. */
    private List<Rumour> list(@Nullable Belief reader) {
        List<Rumour> rumours = new ArrayList<>();
        addAccusation(rumours, reader);
        for (Belief belief : roster.reachable().list(SwimOptions.MAX_RUMOURS - 1)) {
            if (belief != reader) {
                rumours.add(belief.rumour());
            }
        }
        return rumours;
    }

    private static void addAccusation(List<Rumour> rumours, @Nullable Belief reader) {
        if (reader != null && reader.state != MemberState.ALIVE) {
            rumours.add(reader.rumour());
        }
    }

    private void ask(Belief to, SwimMessage.Request request, Probes.Purpose purpose, long timeout) {
        ownNewsLeft = Math.max(0, ownNewsLeft - 1);
        actions.add(new SwimAction.Ask(to.contact(), request, probes.begin(purpose), timeout));
    }

    private void answer(long ticket, boolean reached, List<Rumour> rumours) {
        actions.add(new SwimAction.Answer(ticket, new SwimMessage.Answer(self.rumour(), reached, rumours)));
    }

    // ---- what else happens

    private void connectionLost(@Nullable Belief belief) {
        if (belief != null && belief.state == MemberState.ALIVE) {
            probe(belief);
        }
    }

    private void connectionOpened(@Nullable Belief belief) {
        if (belief != null && !belief.state.isReachable()) {
            roster.tryAgainSoon(belief);
        }
    }

    private void meet(Contact contact) {
        if (!contact.id().equals(self.id())) {
            var request = new SwimMessage.Sync(self.rumour(), list(roster.find(contact.id())));
            long ticket = probes.begin(new Comparison());
            actions.add(new SwimAction.Ask(contact, request, ticket, 3 * options.probeTimeout()));
        }
    }

    private void announce(List<Multiaddr> addresses, long offer) {
        if (self.present(addresses, offer)) {
            spreadOwnNews();
        }
    }

    private void leave() {
        self.leave();
        for (Belief reader : roster.reachable().pick(GOOD_BYES, null)) {
            ask(reader, new SwimMessage.Ping(self.rumour(), List.of()), new Talk(), options.probeTimeout());
        }
    }

    private void spreadOwnNews() {
        ownNewsLeft = options.retransmissions(roster.peers());
        nextGossip = time.now();
    }

    private void compareSoon(@Nullable Belief with) {
        nextComparisonWith = with;
        nextComparison = Math.min(nextComparison, time.now() + options.gossipEvery());
    }

    /** Between 90% and 110%, so that the peers do not fall into step. */
    private long jittered(long millis) {
        long tenth = millis / 10;
        return millis - tenth + random.nextLong(2 * tenth + 1);
    }
}
