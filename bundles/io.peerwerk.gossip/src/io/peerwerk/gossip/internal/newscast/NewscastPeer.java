// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.newscast;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.internal.wire.Contact;

/**
 * One peer of a network that talks by messages: {@link Newscast} on a view of its own, whose numbers stand for contacts.
 * A pure state machine: what happens goes in, what is to be done comes out; it knows no thread or network. Not thread-safe.
 */
public final class NewscastPeer {

    private static final long NONE = -1;

    /** Ages are counted in so many parts of a period, see the package description. */
    static final int PARTS = 8;

    private final NewscastOptions options;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Newscast rules;
    private final View view;
    private final View received;
    private final Numbers numbers;
    /** Who exchanged with us since our last tick. */
    private final List<PeerId> heard = new ArrayList<>(2);

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
        this.agedUntil = now();
    }

    private long now() {
        return Math.floorDiv(clock.millis() * PARTS, options.periodMillis());
    }

    /** A clock that goes back makes nothing younger. */
    private int ageSinceLast() {
        long now = now();
        long age = Math.clamp(now - agedUntil, 0, View.MAX_AGE);
        agedUntil = now;
        return (int) age;
    }

    /** Takes in what happened and gives what is to be done, in order. */
    public List<NewscastAction> handle(NewscastInput input) {
        rules.age(view, ageSinceLast());
        List<NewscastAction> actions = switch (input) {
            case NewscastInput.Tick() -> startRound();
            case NewscastInput.Received(PeerId from, List<News> news, long asked) -> answer(from, news, asked);
            case NewscastInput.Answered(long answered, List<News> news) -> finish(answered, news);
            case NewscastInput.Failed(long failed) -> fail(failed);
            case NewscastInput.Seed(Contact contact) -> seed(contact);
        };
        numbers.keepOnly(view, partner);
        return actions;
    }

    /** The present neighbours, the freshest first. */
    public List<Contact> view() {
        List<Contact> contacts = new ArrayList<>(options.viewSize());
        for (int place = 0; place < view.size(); place++) {
            contacts.add(numbers.contact(view.peer(place)));
        }
        return contacts;
    }

    private List<NewscastAction> startRound() {
        heard.clear();
        attempts = 0;
        partner = rules.tick(view, 0, random); // an exchange that took a whole round is forgotten
        var wake = new NewscastAction.Wake(jittered(options.periodMillis()));
        return partner == View.NOBODY ? List.of(wake) : List.of(ask(), wake);
    }

    private NewscastAction ask() {
        attempts++;
        ticket = ++lastTicket;
        return new NewscastAction.Ask(numbers.contact(partner), news(), ticket);
    }

    private List<NewscastAction> answer(PeerId from, List<News> news, long asked) {
        var answer = new NewscastAction.Answer(asked, news());
        if (from.equals(numbers.contact(Numbers.SELF).id()) || heard.contains(from)) {
            return List.of(answer);
        }
        if (heard.size() < options.exchangesTaken()) {
            heard.add(from);
            int sender = numbers.read(news, from, received);
            rules.asked(received, sender, view, Numbers.SELF);
        } // else a crowd: we give, so that a newcomer is not left without neighbours, but take nothing
        return List.of(answer);
    }

    private List<NewscastAction> finish(long answered, List<News> news) {
        if (answered == ticket && partner != View.NOBODY) {
            int from = numbers.read(news, numbers.contact(partner).id(), received);
            rules.answered(view, Numbers.SELF, received, from);
            endExchange();
        }
        return List.of();
    }

    private List<NewscastAction> fail(long failed) {
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

    private List<NewscastAction> seed(Contact contact) {
        int size = view.size();
        int number = numbers.of(contact);
        if (number != Numbers.SELF && !view.contains(number)) {
            view.append(number, size == 0 ? 0 : view.age(size - 1));
        }
        return List.of();
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

    /** Between 90% and 110%, so that the peers do not fall into step. */
    private long jittered(long millis) {
        long tenth = millis / 10;
        return millis - tenth + (tenth == 0 ? 0 : random.nextLong(2 * tenth + 1));
    }
}
