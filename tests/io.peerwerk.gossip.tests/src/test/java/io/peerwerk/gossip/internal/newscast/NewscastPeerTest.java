// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.newscast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import io.peerwerk.gossip.internal.wire.Contact;
import io.peerwerk.gossip.virtual.Peers;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NewscastPeerTest {

    private static final NewscastOptions OPTIONS = new NewscastOptions(3, 8, 2, 2);

    private long millis;
    private final InstantSource clock = () -> Instant.ofEpochMilli(millis);
    private final NewscastPeer peer = new NewscastPeer(Peers.contact(0), OPTIONS, clock, new SplittableRandom(1));

    private static News news(int number, int age) {
        return new News(Peers.contact(number), age);
    }

    private NewscastAction.Ask tick() {
        return assertInstanceOf(NewscastAction.Ask.class, peer.handle(new NewscastInput.Tick()).getFirst());
    }

    private NewscastAction.Answer receive(int from, News... news) {
        return assertInstanceOf(NewscastAction.Answer.class,
                peer.handle(new NewscastInput.Received(Peers.id(from), List.of(news), 7)).getFirst());
    }

    private List<Contact> contacts(int... numbers) {
        List<Contact> contacts = new ArrayList<>();
        for (int number : numbers) {
            contacts.add(Peers.contact(number));
        }
        return contacts;
    }

    private void seed(int number) {
        peer.handle(new NewscastInput.Seed(Peers.contact(number)));
    }

    @Test
    void aRequestHoldsThePeerItselfAndItsView() {
        seed(1);
        millis += 3;
        assertEquals(List.of(news(0, 0), news(1, 3)), tick().news());
    }

    @Test
    void agesGoByTheClockAndNotBack() {
        seed(1);
        millis += 5;
        receive(2, news(2, 0));
        millis -= 3;
        assertEquals(List.of(news(0, 0), news(2, 0), news(1, 5)), tick().news());
    }

    @Test
    void anAnswerIsTheViewAsItWas() {
        seed(1);
        assertEquals(new NewscastAction.Answer(7, List.of(news(0, 0), news(1, 0))), receive(2, news(2, 0), news(3, 1)));
        assertEquals(contacts(2, 1, 3), peer.view());
    }

    @Test
    void anAnswerThatCameTooLateChangesNothing() {
        seed(1);
        NewscastAction.Ask ask = tick();
        tick();
        peer.handle(new NewscastInput.Answered(ask.ticket(), List.of(news(1, 0), news(5, 0))));
        assertEquals(contacts(1), peer.view());
    }

    @Test
    void whoDoesNotAnswerIsForgottenAndSoManyOthersAreAsked() {
        seed(1);
        seed(2);
        seed(3);
        NewscastAction.Ask first = tick();
        List<NewscastAction> second = peer.handle(new NewscastInput.Failed(first.ticket()));
        NewscastAction.Ask again = assertInstanceOf(NewscastAction.Ask.class, second.getFirst());
        assertTrue(!again.to().equals(first.to()));
        assertEquals(List.of(), peer.handle(new NewscastInput.Failed(again.ticket())));
        assertEquals(1, peer.view().size());
    }

    @Test
    void aPeerLearnsFromSoManyOthersInOnePeriodAndOnceFromEach() {
        receive(1, news(1, 0));
        receive(1, news(1, 0), news(11, 0));
        receive(2, news(2, 0));
        receive(3, news(3, 0));
        assertEquals(contacts(2, 1), peer.view());
        peer.handle(new NewscastInput.Tick());
        receive(3, news(3, 0));
        assertTrue(peer.view().contains(Peers.contact(3)));
    }

    @Test
    void whatAStrangerSendsMakesNoViewThatIsNone() {
        News[] many = new News[500];
        for (int i = 0; i < many.length; i++) {
            many[i] = news(i % 3 == 0 ? 0 : i % 3, View.MAX_AGE - i % View.MAX_AGE);
        }
        receive(9, many);
        assertTrue(peer.view().size() <= 3);
        assertTrue(!peer.view().contains(Peers.contact(0)));
        assertEquals(peer.view().size(), peer.view().stream().distinct().count());
        assertEquals(Peers.id(9), peer.view().getFirst().id());
    }

    @Test
    void ourOwnDoubleIsAnsweredAndNotBelieved() {
        receive(0, news(0, 0), news(5, 0));
        assertEquals(List.of(), peer.view());
    }

    /** Peers with contacts and messages come to the same views as numbers on one array. */
    @Property(tries = 100)
    void itDoesWhatNewscastDoesOnAFlatArray(@ForAll long seed, @ForAll @IntRange(min = 3, max = 30) int count,
            @ForAll @IntRange(min = 2, max = 12) int size) {
        var options = new NewscastOptions(size, 8, count, 1);
        var flat = new int[count * size];
        View one = new View(flat, size);
        View other = new View(flat, size);
        var rules = new Newscast(size);
        List<NewscastPeer> peers = new ArrayList<>();
        SplittableRandom[] randoms = new SplittableRandom[count];
        for (int i = 0; i < count; i++) {
            int contact = (i + 1) % count;
            var node = new NewscastPeer(Peers.contact(i), options, clock, new SplittableRandom(seed + i));
            node.handle(new NewscastInput.Seed(Peers.contact(contact)));
            peers.add(node);
            randoms[i] = new SplittableRandom(seed + i);
            one.at(i).clear();
            one.append(contact, 0);
        }
        for (int round = 0; round < 8; round++) {
            millis += 8;
            for (int i = 0; i < count; i++) {
                rules.age(one.at(i), 1);
            }
            for (int i = 0; i < count; i++) {
                int partner = rules.tick(one.at(i), 0, randoms[i]);
                rules.exchange(one.at(i), i, other.at(partner), partner);
                exchange(peers, i, partner);
            }
            for (int i = 0; i < count; i++) {
                List<Contact> expected = new ArrayList<>();
                one.at(i);
                for (int place = 0; place < one.size(); place++) {
                    expected.add(Peers.contact(one.peer(place)));
                }
                assertEquals(expected, peers.get(i).view(), "peer " + i + ", round " + round);
            }
        }
    }

    private static void exchange(List<NewscastPeer> peers, int asking, int expected) {
        var ask = (NewscastAction.Ask) peers.get(asking).handle(new NewscastInput.Tick()).getFirst();
        assertEquals(Peers.contact(expected), ask.to());
        var received = new NewscastInput.Received(Peers.id(asking), ask.news(), 1);
        var answer = (NewscastAction.Answer) peers.get(expected).handle(received).getFirst();
        peers.get(asking).handle(new NewscastInput.Answered(ask.ticket(), answer.news()));
    }
}
