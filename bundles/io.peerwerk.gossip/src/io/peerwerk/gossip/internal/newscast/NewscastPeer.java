// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.newscast;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.internal.cycle.Callers;
import io.peerwerk.gossip.internal.cycle.CycleAction;
import io.peerwerk.gossip.internal.cycle.CycleInput;
import io.peerwerk.gossip.internal.cycle.Jitter;
import io.peerwerk.gossip.internal.sampling.PeerSampler;
import io.peerwerk.gossip.internal.wire.Contact;

/**
 * One peer of a network that talks by messages: {@link Newscast} on a view of its own, whose numbers stand for contacts.
 * A pure state machine: what happens goes in, what is to be done comes out; it knows no thread or network. Not thread-safe.
 */
public final class NewscastPeer implements PeerSampler<List<News>> {

    private static final long NONE = -1;

    /** Ages are counted in so many parts of a period, see the package description. */
    static final int PARTS = 8;

    /** Time passes by no more at once, in parts of a period. */
    private static final int MAX_LEAP = 2 * PARTS;

    private final NewscastOptions options;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Newscast rules;
    private final View view;
    private final View received;
    private final Numbers numbers;
    /** Who exchanged with us since our last tick. */
    private final Callers callers;

    /** The exchange under way, if any: its ticket and partner. Tickets count up. */
    private long ticket = NONE;
    private long lastTicket;
    private int partner = View.NOBODY;
    private int attempts;

    /** Up to when the entries have been made older, in parts of a period. */
    private long agedUntil;

    public NewscastPeer(Contact self, NewscastOptions options, InstantSource clock, RandomGenerator random) {
        this.options = options;
        this.clock = clock;
        this.random = random;
        this.rules = new Newscast(options.viewSize());
        this.view = new View(options.viewSize());
        this.received = new View(options.viewSize());
        this.numbers = new Numbers(self, options.viewSize());
        this.callers = new Callers(options.exchangesTaken());
        this.agedUntil = now();
    }

    private long now() {
        return Math.floorDiv(clock.millis() * PARTS, options.periodMillis());
    }

    /**
     * A clock that goes back makes nothing younger, and one that leaps, or a machine that slept, little older: two ticks
     * are never so far apart.
     */
    private int ageSinceLast() {
        long now = now();
        long age = Math.clamp(now - agedUntil, 0, MAX_LEAP);
        agedUntil = now;
        return (int) age;
    }

    @Override
    public List<CycleAction<List<News>>> handle(CycleInput<List<News>> input) {
        growOlder();
        List<CycleAction<List<News>>> actions = switch (input) {
            case CycleInput.Tick<List<News>> tick -> startRound();
            case CycleInput.Received<List<News>>(PeerId from, List<News> news, long asked) ->
                    List.of(answer(from, news, asked));
            case CycleInput.Answered<List<News>>(long answered, List<News> news, long nanos) -> {
                finish(answered, news);
                yield List.of();
            }
            case CycleInput.Failed<List<News>>(long failed) -> fail(failed);
        };
        settle();
        return actions;
    }

    private void growOlder() {
        rules.age(view, ageSinceLast());
    }

    /**
     * Who has made no fresh entry for so long is gone: where there are fewer peers than places, nothing else would push
     * it out. The last neighbour stays. Who is no neighbour any more needs no number.
     */
    private void settle() {
        for (int last = view.size() - 1; last > 0 && view.age(last) == View.MAX_AGE; last--) {
            view.remove(view.peer(last));
        }
        numbers.keepOnly(view, partner);
    }

    /** The present neighbours, the freshest first. */
    @Override
    public List<Contact> view() {
        List<Contact> contacts = new ArrayList<>(view.size());
        for (int place = 0; place < view.size(); place++) {
            contacts.add(numbers.contact(view.peer(place)));
        }
        return contacts;
    }

    @Override
    public void seed(Contact contact) {
        growOlder();
        int number = numbers.of(contact);
        if (number != Numbers.SELF && !view.contains(number) && view.size() < options.viewSize()) {
            view.insert(number, 0);
        }
        settle();
    }

    @Override
    public void drop(PeerId peer) {
        int number = numbers.find(peer);
        if (number > Numbers.SELF) {
            view.remove(number);
            settle();
        }
    }

    @Override
    public void moved(List<Multiaddr> addresses) {
        numbers.selfIsAt(addresses);
    }

    private List<CycleAction<List<News>>> startRound() {
        callers.clear();
        attempts = 0;
        partner = rules.tick(view, 0, random); // an exchange that took a whole round is forgotten
        var wake = new CycleAction.Wake<List<News>>(Jitter.around(options.periodMillis(), random));
        return partner == View.NOBODY ? List.of(wake) : List.of(ask(), wake);
    }

    private CycleAction<List<News>> ask() {
        attempts++;
        ticket = ++lastTicket;
        return new CycleAction.Ask<>(numbers.contact(partner), news(), ticket);
    }

    private CycleAction<List<News>> answer(PeerId from, List<News> news, long asked) {
        var answer = new CycleAction.Answer<>(asked, news());
        boolean again = from.equals(numbers.contact(Numbers.SELF).id()) || callers.contains(from);
        if (!again && callers.add(from)) {
            int sender = numbers.read(news, from, view, received);
            rules.asked(received, sender, view, Numbers.SELF);
        } // else twice, or a crowd: we give, so that a newcomer is not left without neighbours, but take nothing
        return answer;
    }

    private void finish(long answered, List<News> news) {
        if (answered == ticket && partner != View.NOBODY) {
            int from = numbers.read(news, numbers.contact(partner).id(), view, received);
            rules.answered(view, Numbers.SELF, received, from);
            endExchange();
        }
    }

    private List<CycleAction<List<News>>> fail(long failed) {
        if (failed != ticket || partner == View.NOBODY) {
            return List.of();
        }
        int next = rules.unanswered(view, partner, random);
        endExchange();
        if (next == View.NOBODY || attempts >= options.attempts()) {
            return List.of();
        }
        partner = next;
        return List.of(ask());
    }

    private void endExchange() {
        ticket = NONE;
        partner = View.NOBODY;
    }

    /** This peer itself and its view. */
    private List<News> news() {
        List<News> news = new ArrayList<>(options.viewSize() + 1);
        news.add(new News(numbers.contact(Numbers.SELF), 0));
        for (int place = 0; place < view.size(); place++) {
            news.add(new News(numbers.contact(view.peer(place)), view.age(place)));
        }
        return Collections.unmodifiableList(news);
    }
}
