// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.cyclon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.internal.wire.Contact;
import io.peerwerk.gossip.virtual.Peers;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** One peer's part, step by step. */
class CyclonTest {

    private static final CyclonOptions PLAIN = new CyclonOptions(4, 3, 1000, 2, 0, 0);

    private final Cyclon cyclon = new Cyclon(Peers.contact(0), PLAIN, new SplittableRandom(3));

    @Test
    void theOldestNeighbourIsAskedAndLeavesTheView() {
        seed(1);
        tick();
        fail(1); // the only one there is: kept
        seed(2, 3);
        CyclonAction.Ask ask = tick();
        assertEquals(Peers.id(1), ask.to().id());
        assertEquals(new Entry(Peers.contact(0), 0), ask.entries().getFirst());
        assertEquals(3, ask.entries().size());
        assertEquals(List.of(2, 3), view());
    }

    @Test
    void theAnswerFillsEmptyPlacesThenThoseOfWhatWasSent() {
        seed(1, 2, 3, 4);
        CyclonAction.Ask ask = tick();
        List<PeerId> sent = ask.entries().stream().map(Entry::id).toList();
        cyclon.handle(new CyclonInput.Answered(ask.ticket(), entries(5, 6, 7)));
        List<Integer> view = view();
        assertTrue(view.containsAll(List.of(5, 6, 7)), view.toString());
        assertEquals(4, view.size());
        int kept = view.stream().filter(i -> i < 5).findFirst().orElseThrow();
        assertTrue(!sent.contains(Peers.id(kept)), "what was not sent away is kept");
    }

    @Test
    void aRequestIsAnsweredWithEntriesAndItsOwnAreTaken() {
        seed(1, 2);
        CyclonAction action = cyclon.handle(new CyclonInput.Received(Peers.id(9), entries(9, 8), 77)).getFirst();
        CyclonAction.Answer answer = assertInstanceOf(CyclonAction.Answer.class, action);
        assertEquals(77, answer.ticket());
        assertEquals(2, answer.entries().size());
        assertEquals(List.of(1, 2, 8, 9), view());
    }

    @Test
    void ourselvesAndThoseWeKnowAreNotTaken() {
        seed(1, 2);
        cyclon.handle(new CyclonInput.Received(Peers.id(9), entries(0, 1, 9), 1));
        assertEquals(List.of(1, 2, 9), view());
    }

    @Test
    void aPeerThatDoesNotAnswerIsForgotten() {
        seed(1, 2);
        CyclonAction.Ask ask = tick();
        cyclon.handle(new CyclonInput.Failed(ask.ticket()));
        assertEquals(1, cyclon.view().size());
        assertTrue(!cyclon.view().contains(ask.to()));
        cyclon.handle(new CyclonInput.Answered(ask.ticket(), entries(5))); // too late
        assertEquals(1, cyclon.view().size());
    }

    @Test
    void aSecondShuffleWithinARoundIsRefusedAndACrowdIsAnsweredButNotTakenIn() {
        seed(1, 2);
        receive(5, 5);
        assertInstanceOf(CyclonAction.Refuse.class,
                cyclon.handle(new CyclonInput.Received(Peers.id(5), entries(6), 2)).getFirst());
        receive(7, 7);
        receive(8, 8); // the third in a round for which two are taken
        assertEquals(List.of(1, 2, 5, 7), view());
        tick();
        receive(5, 6);
    }

    @Test
    void aMessageOfMoreEntriesThanAgreedIsUsedUpToThatNumber() {
        receive(9, IntStream.range(10, 40).toArray());
        assertEquals(PLAIN.shuffleLength(), cyclon.view().size());
    }

    @Test
    void aPeerThatIsKnownToBeGoneIsDropped() {
        seed(1, 2, 3);
        cyclon.handle(new CyclonInput.Drop(Peers.id(2)));
        cyclon.handle(new CyclonInput.Drop(Peers.id(55)));
        assertEquals(List.of(1, 3), view());
    }

    @Test
    void ourNewAddressesTravelWithTheNextShuffle() {
        seed(1);
        cyclon.handle(new CyclonInput.Moved(List.of(Peers.address(500))));
        assertEquals(List.of(Peers.address(500)), tick().entries().getFirst().contact().addresses());
    }

    @Property(tries = 200)
    void theViewStaysBoundedAndWithoutRepetitionWhateverComes(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var options = new CyclonOptions(6, 4, 1000, 3, 3, 2);
        var peer = new Cyclon(Peers.contact(0), options, random);
        long lastTicket = 0;
        for (int step = 0; step < 300; step++) {
            CyclonInput input = switch (random.nextInt(6)) {
                case 0 -> new CyclonInput.Received(Peers.id(random.nextInt(20)), some(random), step);
                case 1 -> new CyclonInput.Answered(lastTicket - random.nextInt(2), some(random));
                case 2 -> new CyclonInput.Failed(lastTicket - random.nextInt(2));
                case 3 -> new CyclonInput.Seed(Peers.contact(random.nextInt(20)));
                case 4 -> new CyclonInput.Drop(Peers.id(random.nextInt(20)));
                default -> new CyclonInput.Tick();
            };
            for (CyclonAction action : peer.handle(input)) {
                if (action instanceof CyclonAction.Ask ask) {
                    lastTicket = ask.ticket();
                    assertTrue(ask.entries().size() <= options.shuffleLength());
                    assertTrue(!ask.to().id().equals(Peers.id(0)), "nobody asks itself");
                } else if (action instanceof CyclonAction.Answer answer) {
                    assertTrue(answer.entries().size() <= options.shuffleLength());
                }
            }
            List<PeerId> view = peer.view().stream().map(Contact::id).toList();
            assertTrue(view.size() <= options.viewSize());
            assertEquals(view.size(), new HashSet<>(view).size());
            assertTrue(!view.contains(Peers.id(0)));
        }
    }

    private static List<Entry> some(SplittableRandom random) {
        List<Entry> entries = new ArrayList<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            entries.add(new Entry(Peers.contact(random.nextInt(20)), random.nextInt(50)));
        }
        return entries;
    }

    private void seed(int... numbers) {
        IntStream.of(numbers).forEach(i -> cyclon.handle(new CyclonInput.Seed(Peers.contact(i))));
    }

    private CyclonAction.Ask tick() {
        return cyclon.handle(new CyclonInput.Tick()).stream().filter(CyclonAction.Ask.class::isInstance)
                .map(CyclonAction.Ask.class::cast).findFirst().orElseThrow();
    }

    private void fail(long ticket) {
        cyclon.handle(new CyclonInput.Failed(ticket));
    }

    private void receive(int from, int... about) {
        assertInstanceOf(CyclonAction.Answer.class,
                cyclon.handle(new CyclonInput.Received(Peers.id(from), entries(about), 1)).getFirst());
    }

    private static List<Entry> entries(int... numbers) {
        return IntStream.of(numbers).mapToObj(i -> new Entry(Peers.contact(i), 1)).toList();
    }

    private List<Integer> view() {
        return cyclon.view().stream().map(contact -> IntStream.range(0, 100)
                .filter(i -> Peers.id(i).equals(contact.id())).findFirst().orElseThrow()).sorted().toList();
    }
}
