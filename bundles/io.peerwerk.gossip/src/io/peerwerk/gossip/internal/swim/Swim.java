// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.internal.swim.Probes.Comparison;
import io.peerwerk.gossip.internal.swim.Probes.Delivery;
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

    private final SwimOptions options;
    private final RandomGenerator random;
    private final SteadyTime time;
    private final Health health = new Health();
    private final Probes probes = new Probes();
    private final Self self;
    private final Roster roster;
    private final Comparing comparing;
    private final Briefing briefing;
    private final Schedule schedule;

    /** What is to be done after the present input. */
    private List<SwimAction> actions = new ArrayList<>();

    /** How often this peer's own card is still to be carried to others before they would ask for it. */
    private int ownNewsLeft;

    /** @param identity signs this peer's cards, until {@link SwimInput.Leave} */
    public Swim(Identity identity, List<Multiaddr> addresses, SwimOptions options, InstantSource clock,
            RandomGenerator random) {
        this(content -> Card.seal(identity, content), addresses, options, clock, random);
    }

    /** @param sealer makes this peer's cards */
    public Swim(Card.Sealer sealer, List<Multiaddr> addresses, SwimOptions options, InstantSource clock,
            RandomGenerator random) {
        this.options = options;
        this.random = random;
        this.time = new SteadyTime(clock, options.period() / 4);
        this.self = new Self(sealer, addresses, time, action -> actions.add(action));
        this.roster = new Roster(self.id(), options, random, time, action -> actions.add(action));
        this.comparing = new Comparing(self, roster);
        this.briefing = new Briefing(self, roster, options.isPartial());
        this.schedule = new Schedule(options, random);
    }

    /** Takes in what happened and gives what is to be done, in order. */
    public List<SwimAction> handle(SwimInput input) {
        actions = new ArrayList<>(4);
        if (!self.hasLeft()) {
            long now = time.now();
            dispatch(input, now);
            askToWake(input instanceof SwimInput.Tick, now);
        } else if (input instanceof SwimInput.Received(SwimMessage.Request request, long ticket)) {
            answer(ticket, true, request.sender(), List.of());
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
            case SwimInput.Recall(List<Card> cards) -> recall(cards);
            case SwimInput.Announce announcement -> announce(announcement);
            case SwimInput.Leave() -> leave();
        }
    }

    /** This peer as it presents itself. */
    public Member self() {
        return self.toMember();
    }

    /** See {@link io.peerwerk.gossip.Membership#localHealth}. */
    public int localHealth() {
        return health.score();
    }

    /** All other members that are remembered, in no particular order. */
    public List<Member> members() {
        return roster.members();
    }

    /** Shows the id and the state of each of them, without making anything of it. */
    public void members(BiConsumer<PeerId, MemberState> each) {
        roster.beliefs().forEach(belief -> each.accept(belief.id(), belief.state));
    }

    /** How many there are. */
    public int size() {
        return roster.size();
    }

    public Optional<Member> find(PeerId id) {
        return Optional.ofNullable(roster.find(id)).map(Belief::toMember);
    }

    // ---- time

    private void tick(long now) {
        tellAll(roster.judgeSuspects());
        if (schedule.beginsPeriod(now, health.stretch(options.period()))) {
            Belief target = roster.reachable().next();
            if (target != null) {
                probe(target);
            }
            comparing.refill();
            roster.view().refill();
            tellAll(roster.reviewGone());
            if (options.isPartial()) {
                tellAll(roster.suspects()); // nobody else is likely to tell them
            }
        }
        if (schedule.beginsComparison(now)) {
            compare();
        }
        if (hasNews() && schedule.beginsGossip(now)) {
            gossip();
        }
    }

    private void askToWake(boolean timerIsUsedUp, long now) {
        if (self.hasLeft()) {
            return;
        }
        long next = schedule.wakeAt(hasNews(), roster.nextJudgement(), timerIsUsedUp);
        if (next >= 0) {
            time.expectWake(Math.max(next, now));
            actions.add(new SwimAction.Wake(Math.max(1, next - now)));
        }
    }

    /** Whether there is something that is worth a message of its own; what a partial view holds is not. */
    private boolean hasNews() {
        return !options.isPartial() && roster.peers() > 1 && (ownNewsLeft > 0 || !roster.news.isEmpty());
    }

    private void gossip() {
        tellAll(roster.reachable().pick(options.gossipFanout(), null));
    }

    private void tellAll(List<Belief> readers) {
        for (int i = 0; i < readers.size(); i++) {
            tell(readers.get(i));
        }
    }

    /** A ping that only brings the news; or an accusation, to the one accused. */
    private void tell(Belief reader) {
        var ping = new SwimMessage.Ping(self.sender(reader), briefing.news(reader));
        ask(reader, ping, new Talk(), options.probeTimeout());
    }

    private void compare() {
        if (probes.isComparing()) {
            return;
        }
        Belief with = schedule.takeComparison();
        if (with == null) {
            List<Belief> anyone = roster.reachable().pick(1, null);
            with = anyone.isEmpty() ? null : anyone.getFirst();
        }
        if (with != null) {
            compareWith(with.contact(), with);
        }
    }

    private void compareWith(Contact contact, @Nullable Belief with) {
        if (options.isPartial()) {
            swapWith(contact, with);
            return;
        }
        long salt = random.nextLong();
        var request = new SwimMessage.Sync(self.sender(with), salt, comparing.fingerprint(salt), briefing.news(with));
        ask(contact, request, new Comparison(contact.id(), List.of()), 3 * options.probeTimeout());
    }

    /** The comparison of a partial view: this peer itself and a few members, for as many others. */
    private void swapWith(Contact contact, @Nullable Belief with) {
        List<Belief> given = roster.view().choose(roster.reachable(), contact.id(), options.swap() - 1);
        var request = new SwimMessage.Sync(self.introduction(with), 0, 0, PartialView.cards(given));
        if (with != null) {
            given.add(with);
        }
        ask(contact, request, new Comparison(contact.id(), given), 3 * options.probeTimeout());
    }

    private void finishSwap(boolean isDone, boolean hasGrown) {
        if (isDone) {
            roster.view().swapped(hasGrown);
        }
        if (roster.view().wantsMore()) {
            schedule.compareBy(time.now() + options.period());
        }
    }

    /** The other one knows not the same, and this is its list: each gets what it lacks. */
    private void settle(Belief with, List<Rumour> list) {
        List<PeerId> missing = comparing.missing(list);
        List<Rumour> lacking = options.isPartial() ? List.of() : comparing.lacking(list, with);
        if (options.isPartial()) { // it knows everybody: that fills our view, no more
            missing = missing.subList(0, Math.min(missing.size(), options.maxMembers() - roster.size()));
        }
        if (!missing.isEmpty() || !lacking.isEmpty()) {
            var request = new SwimMessage.Fetch(self.sender(with), missing, lacking);
            ask(with, request, new Delivery(), 3 * options.probeTimeout());
        }
    }

    // ---- probing

    private void probe(Belief target) {
        if (!target.probing) {
            target.probing = true;
            ask(target, new SwimMessage.Ping(self.sender(target), briefing.news(target)),
                    new Direct(target, target.card.incarnation()), health.stretch(options.probeTimeout()));
        }
    }

    private void finish(long ticket, SwimMessage.Answer answer, long nanos) {
        Probes.Purpose purpose = probes.end(ticket);
        if (purpose == null) {
            return;
        }
        int before = roster.size();
        roster.view().give(purpose instanceof Comparison comparison && !answer.yes() ? comparison.given() : List.of());
        listen(answer);
        roster.view().give(List.of());
        switch (purpose) {
            case Direct(Belief target, long incarnation) -> {
                target.probing = false;
                health.better();
                if (!target.forgotten) {
                    target.measure(nanos);
                    actions.add(new SwimAction.Measured(target.toMember()));
                }
            }
            case Indirect(Round round, PeerId helper) -> {
                round.answered(answer.yes(), helper);
                judge(round);
            }
            case Relay relay -> report(relay, true);
            case Comparison(PeerId with, List<Belief> given) -> {
                Belief belief = roster.find(with);
                if (!answer.yes() && belief != null) {
                    settle(belief, answer.rumours());
                }
                if (options.isPartial()) {
                    finishSwap(!answer.yes(), roster.size() > before);
                }
            }
            case Delivery() -> {
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
            case Indirect(Round round, PeerId helper) -> {
                round.failed();
                judge(round);
            }
            case Relay relay -> report(relay, false);
            case Comparison comparison -> schedule.compareBy(time.now() + options.period());
            case Delivery() -> schedule.compareBy(time.now() + options.period());
            case Talk() -> { }
            case null -> { }
        }
    }

    private void probeIndirectly(Belief target, long incarnation) {
        List<Belief> helpers = roster.reachable().pick(options.indirectProbes(), target);
        var round = new Round(target, incarnation, helpers.size());
        for (Belief helper : helpers) {
            var request = new SwimMessage.PingOther(self.sender(helper), target.id(), briefing.about(target, helper));
            ask(helper, request, new Indirect(round, helper.id()), health.stretch(options.indirectTimeout()));
        }
        judge(round);
    }

    private void judge(Round round) {
        if (!round.isOver()) {
            return;
        }
        round.target.probing = false;
        if (!round.hasReached()) {
            health.worse(round.missingHelpers());
            roster.suspect(round.target, round.incarnation, round.deniers());
        }
    }

    // ---- messages

    private void receive(SwimMessage.Request request, long ticket) {
        if (options.isPartial() && request instanceof SwimMessage.Sync sync) {
            swap(sync, ticket);
        } else if (listen(request)) {
            reply(request, ticket);
        } else {
            refuse(ticket);
        }
    }

    /** Somebody else begins a swap. Has it to be put off, it is still told of members that it may have room for. */
    private void swap(SwimMessage.Sync request, long ticket) {
        boolean admitted = roster.view().admitsSwap();
        List<Belief> given = roster.view().choose(roster.reachable(), request.sender().id(), options.swap());
        List<Rumour> cards = PartialView.cards(given);
        roster.view().give(admitted ? given : List.of());
        boolean isTrue = listen(request);
        roster.view().give(List.of());
        if (isTrue) {
            answer(ticket, !admitted, request.sender(), cards);
        } else {
            refuse(ticket);
        }
    }

    private void refuse(long ticket) {
        actions.add(new SwimAction.Refuse(ticket, "a card that its peer has not signed"));
    }

    private void reply(SwimMessage.Request request, long ticket) {
        Sender sender = request.sender();
        Belief from = roster.find(sender.id());
        switch (request) {
            case SwimMessage.Ping ping -> answer(ticket, true, sender, briefing.reply(from, ping));
            case SwimMessage.PingOther other -> relay(other, ticket, from);
            case SwimMessage.Sync sync -> {
                boolean same = comparing.fingerprint(sync.salt()) == sync.fingerprint() || !comparing.takeList();
                answer(ticket, same, sender,
                        same ? briefing.reply(from, sync) : briefing.list(from, comparing.list(from)));
            }
            case SwimMessage.Fetch fetch -> answer(ticket, true, sender, comparing.cards(fetch.wanted()));
        }
    }

    private void relay(SwimMessage.PingOther request, long ticket, @Nullable Belief from) {
        Belief target = roster.find(request.target());
        Contact contact = target == null ? roster.contact(request) : target.contact();
        if (contact == null || contact.id().equals(self.id()) || !probes.canRelay()) {
            answer(ticket, false, request.sender(), briefing.reply(from, request));
        } else {
            ask(contact, new SwimMessage.Ping(self.sender(target), briefing.news(target)),
                    new Relay(ticket, request.sender()), options.probeTimeout());
        }
    }

    private void report(Relay relay, boolean reached) {
        answer(relay.askedUnder(), reached, relay.askedBy(), List.of());
    }

    /** @return whether all of it could be true; what comes after the first lie is not looked at */
    private boolean listen(SwimMessage message) {
        Sender sender = message.sender();
        if (sender.id().equals(self.id())) {
            return true; // only our own double could say so
        }
        Belief known = roster.find(sender.id());
        boolean wasGone = known != null && !known.state.isReachable();
        Belief belief = roster.hearFromItself(sender);
        try {
            for (Rumour rumour : message.rumours()) {
                hear(rumour, belief, sender.id());
            }
        } catch (FormatException e) {
            return false;
        }
        if (wasGone && belief != null && belief.state.isReachable()) {
            compareSoon(belief); // the end of a partition, or a new life: there may be much to tell
        }
        return true;
    }

    private void hear(Rumour rumour, @Nullable Belief teller, PeerId from) throws FormatException {
        if (rumour.id().equals(self.id())) {
            if (self.hear(rumour)) {
                spreadOwnNews();
                if (rumour.state() != MemberState.ALIVE) {
                    health.worse(1);
                }
            }
            return;
        }
        switch (roster.hear(rumour, from)) {
            case NEW_SUSPECT -> {
                if (random.nextInt(roster.peers()) < SwimOptions.WITNESSES) {
                    probe(roster.known(rumour.id()));
                }
            }
            case CARD_MISSING -> {
                if (rumour.card() == null && rumour.state() != MemberState.ALIVE && !options.isPartial()) {
                    compareSoon(teller);
                }
            }
            case NONE -> { }
        }
    }

    private void ask(Belief to, SwimMessage.Request request, Probes.Purpose purpose, long timeout) {
        ask(to.contact(), request, purpose, timeout);
    }

    private void ask(Contact to, SwimMessage.Request request, Probes.Purpose purpose, long timeout) {
        ownNewsLeft = Math.max(0, ownNewsLeft - 1);
        actions.add(new SwimAction.Ask(to, request, probes.begin(purpose), timeout));
    }

    private void answer(long ticket, boolean yes, Sender to, List<Rumour> rumours) {
        Belief reader = roster.find(to.id());
        Sender sender = reader != null || !options.isPartial() ? self.sender(reader)
                : self.sender(to, roster.canTake());
        actions.add(new SwimAction.Answer(ticket, new SwimMessage.Answer(sender, yes, rumours)));
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
            compareWith(contact, roster.find(contact.id()));
        }
    }

    private void recall(List<Card> cards) {
        cards.stream().filter(card -> !card.id().equals(self.id()) && !card.left()).forEach(roster::recall);
        if (roster.size() > options.maxMembers() / 2) {
            roster.view().isKnown();
        }
    }

    private void announce(SwimInput.Announce what) {
        if (self.present(what.addresses(), what.offer(), what.roles())) {
            spreadOwnNews();
        }
    }

    private void leave() {
        self.leave();
        for (Belief reader : roster.reachable().pick(GOOD_BYES, null)) {
            ask(reader, new SwimMessage.Ping(self.sender(reader), List.of()), new Talk(), options.probeTimeout());
        }
    }

    private void spreadOwnNews() {
        ownNewsLeft = options.retransmissions(roster.peers());
        schedule.gossipAt(time.now());
    }

    private void compareSoon(@Nullable Belief with) {
        schedule.compareBy(time.now() + options.gossipEvery(), with);
    }
}
