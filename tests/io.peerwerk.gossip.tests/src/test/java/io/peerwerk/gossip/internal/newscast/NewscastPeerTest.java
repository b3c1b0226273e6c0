// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.newscast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import io.peerwerk.gossip.internal.cycle.CycleAction;
import io.peerwerk.gossip.internal.cycle.CycleInput;
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

    private CycleAction.Ask<List<News>> tick() {
        return ask(peer.handle(new CycleInput.Tick<>(List.of())));
    }

    private static CycleAction.Ask<List<News>> ask(List<CycleAction<List<News>>> actions) {
        if (actions.getFirst() instanceof CycleAction.Ask<List<News>> ask) {
            return ask;
        }
        throw new AssertionError("nobody is asked: " + actions);
    }

    private CycleAction<List<News>> receive(int from, News... news) {
        return peer.handle(new CycleInput.Received<>(Peers.id(from), List.of(news), 7)).getFirst();
    }

    private void answer(long ticket, News... news) {
        assertEquals(List.of(), peer.handle(new CycleInput.Answered<>(ticket, List.of(news), 1)));
    }

    private List<Contact> contacts(int... numbers) {
        List<Contact> contacts = new ArrayList<>();
        for (int number : numbers) {
            contacts.add(Peers.contact(number));
        }
        return contacts;
    }

    private void seed(int number) {
        peer.seed(Peers.contact(number));
    }

    @Test
    void aRequestHoldsThePeerItselfAndItsView() {
        seed(1);
        millis += 3;
        assertEquals(List.of(news(0, 0), news(1, 3)), tick().message());
    }

    @Test
    void agesGoByTheClockAndNotBack() {
        seed(1);
        millis += 5;
        receive(2, news(2, 0));
        millis -= 3;
        assertEquals(List.of(news(0, 0), news(2, 0), news(1, 5)), tick().message());
    }

    @Test
    void aClockThatLeapsMakesNothingOldByMoreThanTwoPeriods() {
        seed(1);
        millis += 1_000_000;
        assertEquals(List.of(news(0, 0), news(1, 2 * NewscastPeer.PARTS)), tick().message());
    }

    @Test
    void whoMakesNoFreshEntriesIsForgottenButForTheLastOne() {
        seed(1);
        seed(2);
        for (int age = 0; age < View.MAX_AGE - 1; age++) {
            millis++;
            receive(3, news(3, 0));
        }
        assertEquals(contacts(3, 1, 2), peer.view());
        millis++;
        receive(3);
        assertEquals(contacts(3), peer.view());
        for (int age = 0; age < 2 * View.MAX_AGE; age++) {
            millis++;
            tick();
        }
        assertEquals(contacts(3), peer.view());
    }

    @Test
    void whoIsKnownFromElsewhereIsFreshAndTakesAFreePlaceOnly() {
        seed(1);
        millis += 5;
        seed(2);
        assertEquals(contacts(2, 1), peer.view());
        seed(3);
        seed(4);
        assertEquals(contacts(2, 3, 1), peer.view());
    }

    @Test
    void anAnswerIsTheViewAsItWas() {
        seed(1);
        assertEquals(new CycleAction.Answer<>(7, List.of(news(0, 0), news(1, 0))), receive(2, news(2, 0), news(3, 1)));
        assertEquals(contacts(2, 1, 3), peer.view());
    }

    @Test
    void anAnswerThatCameTooLateChangesNothing() {
        seed(1);
        long ticket = tick().ticket();
        tick();
        answer(ticket, news(1, 0), news(5, 0));
        assertEquals(contacts(1), peer.view());
    }

    @Test
    void whoDoesNotAnswerIsForgottenAndSoManyOthersAreAsked() {
        seed(1);
        seed(2);
        seed(3);
        CycleAction.Ask<List<News>> first = tick();
        CycleAction.Ask<List<News>> again = ask(peer.handle(new CycleInput.Failed<>(first.ticket())));
        assertTrue(!again.to().equals(first.to()));
        assertEquals(List.of(), peer.handle(new CycleInput.Failed<>(again.ticket())));
        assertEquals(1, peer.view().size());
    }

    @Test
    void aPeerLearnsFromSoManyOthersInOnePeriodAndOnceFromEach() {
        receive(1, news(1, 0));
        receive(1, news(1, 0), news(11, 0));
        receive(2, news(2, 0));
        receive(3, news(3, 0));
        assertEquals(contacts(2, 1), peer.view());
        peer.handle(new CycleInput.Tick<>(List.of()));
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
    void anEntryThatIsFresherThanAnyCanBeComesNoHigherThanTheSender() {
        seed(1);
        receive(9, news(9, 100), news(5, 0), news(6, 0));
        assertEquals(Peers.id(9), peer.view().getFirst().id());
        assertEquals(List.of(news(0, 0), news(9, 0)), tick().message().subList(0, 2));
    }

    @Test
    void whatOthersSayOfThisPeerChangesNothing() {
        seed(1);
        var elsewhere = new News(new Contact(Peers.id(0), List.of(Peers.address(66))), 0);
        receive(2, news(2, 0), elsewhere, elsewhere);
        assertEquals(contacts(2, 1), peer.view());
        assertEquals(news(0, 0), tick().message().getFirst());
    }

    @Test
    void ofTwoNewsAboutOnePeerTheFresherOneCountsAndTheOlderOneNowhere() {
        millis += 5;
        receive(2, news(2, 0), news(3, 7), news(3, 1), news(3, 4));
        assertEquals(List.of(news(0, 0), news(2, 0), news(3, 1)), tick().message());
    }

    @Test
    void aFresherEntryBringsNewerAddressesAndAnOlderOneDoesNot() {
        seed(1);
        millis += 5;
        var moved = new Contact(Peers.id(1), List.of(Peers.address(77)));
        receive(2, news(2, 0), new News(moved, 6));
        assertEquals(contacts(2, 1), peer.view());
        receive(3, news(3, 0), new News(moved, 2));
        assertEquals(List.of(Peers.contact(3), Peers.contact(2), moved), peer.view());
    }

    @Test
    void aPeersOwnAddressesCount() {
        seed(1);
        var moved = new Contact(Peers.id(1), List.of(Peers.address(77)));
        receive(1, new News(moved, 0));
        assertEquals(List.of(moved), peer.view());
        CycleAction.Ask<List<News>> ask = tick();
        answer(ask.ticket(), news(1, 0));
        assertEquals(contacts(1), peer.view());
    }

    @Test
    void whoDoesNotPresentItselfKeepsTheAddressesThatAreKnown() {
        seed(1);
        receive(1, news(5, 0));
        assertEquals(contacts(1, 5), peer.view());
    }

    @Test
    void thisPeerPresentsItselfWhereItIsNow() {
        seed(1);
        peer.moved(List.of(Peers.address(88)));
        assertEquals(List.of(Peers.address(88)), tick().message().getFirst().contact().addresses());
        assertEquals(Peers.id(0), tick().message().getFirst().contact().id());
    }

    @Test
    void whoIsKnownToBeGoneLeavesTheViewEvenTheLastOne() {
        seed(1);
        seed(2);
        peer.drop(Peers.id(9));
        peer.drop(Peers.id(0));
        peer.drop(Peers.id(1));
        assertEquals(contacts(2), peer.view());
        peer.drop(Peers.id(2));
        assertEquals(List.of(), peer.view());
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
            node.seed(Peers.contact(contact));
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
        CycleAction.Ask<List<News>> ask = ask(peers.get(asking).handle(new CycleInput.Tick<>(List.of())));
        assertEquals(Peers.contact(expected), ask.to());
        var received = new CycleInput.Received<>(Peers.id(asking), ask.message(), 1);
        if (peers.get(expected).handle(received).getFirst() instanceof CycleAction.Answer<List<News>> answer) {
            peers.get(asking).handle(new CycleInput.Answered<>(ask.ticket(), answer.message(), 1));
        }
    }
}
