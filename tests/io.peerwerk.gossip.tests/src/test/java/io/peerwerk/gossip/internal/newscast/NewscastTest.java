// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.newscast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NewscastTest {

    private static final int SIZE = 4;

    private final Newscast newscast = new Newscast(SIZE);

    /** A view with these peers and ages by turns. */
    private static View view(int... peersAndAges) {
        var view = new View(SIZE);
        for (int i = 0; i < peersAndAges.length; i += 2) {
            view.append(peersAndAges[i], peersAndAges[i + 1]);
        }
        return view;
    }

    private static List<String> entries(View view) {
        List<String> entries = new ArrayList<>();
        for (int place = 0; place < view.size(); place++) {
            entries.add(view.peer(place) + "/" + view.age(place));
        }
        return entries;
    }

    @Test
    void bothHaveTheFreshestEntriesOfBothAndEachOther() {
        View one = view(10, 1, 11, 4, 12, 9);
        View other = view(20, 2, 21, 3);
        newscast.exchange(one, 1, other, 2);
        assertEquals(List.of("2/0", "10/1", "20/2", "21/3"), entries(one));
        assertEquals(List.of("1/0", "10/1", "20/2", "21/3"), entries(other));
    }

    @Test
    void ofTwoEntriesAboutOnePeerTheFresherOneCounts() {
        View one = view(10, 5);
        View other = view(10, 3);
        newscast.exchange(one, 1, other, 2);
        assertEquals(List.of("2/0", "10/3"), entries(one));
    }

    @Test
    void nobodyHasItselfForANeighbour() {
        View one = view(2, 0, 3, 1);
        View other = view(1, 0, 3, 2);
        newscast.exchange(one, 1, other, 2);
        assertEquals(List.of("2/0", "3/1"), entries(one));
        assertEquals(List.of("1/0", "3/1"), entries(other));
    }

    @Test
    void entriesOfOneAgeComeFromTheTwoByTurns() {
        View one = view(10, 1, 11, 1, 12, 1, 13, 1);
        View other = view(20, 1, 21, 1, 22, 1, 23, 1);
        newscast.exchange(one, 1, other, 2);
        assertEquals(List.of("2/0", "10/1", "20/1", "11/1"), entries(one));
    }

    @Test
    void peersWhoseNumbersDifferInHighBitsOnlyAreToldApart() {
        int step = 1024;
        View one = view(step, 1, 3 * step, 1);
        View other = view(2 * step, 1, 3 * step, 2);
        newscast.exchange(one, 4 * step, other, 5 * step);
        assertEquals(List.of(5 * step + "/0", step + "/1", 2 * step + "/1", 3 * step + "/1"), entries(one));
        assertEquals(List.of(4 * step + "/0", step + "/1", 2 * step + "/1", 3 * step + "/1"), entries(other));
    }

    @Test
    void aTickAgesEveryEntryAndChoosesANeighbour() {
        View view = view(10, 0, 11, 3);
        int partner = newscast.tick(view, 1, new SplittableRandom(1));
        assertTrue(partner == 10 || partner == 11);
        assertEquals(List.of("10/1", "11/4"), entries(view));
    }

    @Test
    void whoKnowsNobodyTurnsToNobody() {
        assertEquals(View.NOBODY, newscast.tick(view(), 1, new SplittableRandom(1)));
    }

    @Test
    void agesStopAtTheHighestOne() {
        View view = view(10, View.MAX_AGE - 1);
        newscast.tick(view, 1, new SplittableRandom(1));
        newscast.tick(view, 1, new SplittableRandom(1));
        assertEquals(View.MAX_AGE, view.age(0));
        assertEquals(1, view.size());
    }

    @Test
    void numbersGoUpToTheHighestOne() {
        View view = view(View.MAX_PEER, View.MAX_AGE);
        assertEquals(View.MAX_PEER, view.peer(0));
        assertThrows(IllegalArgumentException.class, () -> view(View.MAX_PEER + 1, 0));
        assertThrows(IllegalArgumentException.class, () -> view(-1, 0));
        assertThrows(IllegalArgumentException.class, () -> view(1, View.MAX_AGE + 1));
        assertThrows(IllegalArgumentException.class, () -> view(1, 1, 2, 0));
    }

    @Test
    void aFullViewTakesNoMore() {
        View view = view(1, 0, 2, 0, 3, 0, 4, 0);
        view.append(5, 0);
        assertFalse(view.contains(5));
        assertEquals(4, view.size());
    }

    @Test
    void whoIsRemovedIsGoneAndTheOthersKeepTheirOrder() {
        View view = view(1, 0, 2, 1, 3, 2);
        assertTrue(view.remove(2));
        assertFalse(view.remove(2));
        assertEquals(List.of("1/0", "3/2"), entries(view));
    }

    @Test
    void whoDoesNotAnswerLeavesTheViewAndAnotherOneIsAsked() {
        View view = view(1, 0, 2, 1);
        assertEquals(2, newscast.unanswered(view, 1, new SplittableRandom(1)));
        assertEquals(List.of("2/1"), entries(view));
    }

    @Test
    void theLastNeighbourStaysEvenIfItDoesNotAnswer() {
        View view = view(2, 1);
        assertEquals(View.NOBODY, newscast.unanswered(view, 2, new SplittableRandom(1)));
        assertEquals(List.of("2/1"), entries(view));
    }

    @Test
    void moreThan255MergesDoNotMixUp() {
        for (int i = 0; i < 1000; i++) {
            View one = view(10, 1, 11, 4);
            View other = view(10, 2, 21, 3);
            newscast.exchange(one, 1, other, 2);
            assertEquals(List.of("2/0", "10/1", "21/3", "11/4"), entries(one), "merge " + i);
        }
    }

    /** The flat form of a simulator, one array for all, gives what single views with messages between them give. */
    @Property(tries = 200)
    void viewsOfNodesAndViewsOnOneArrayComeToTheSame(@ForAll long seed, @ForAll @IntRange(min = 3, max = 60) int peers,
            @ForAll @IntRange(min = 2, max = 24) int size) {
        var flat = new int[peers * size];
        View one = new View(flat, size);
        View other = new View(flat, size);
        View[] nodes = new View[peers];
        var contacts = new SplittableRandom(seed);
        for (int peer = 0; peer < peers; peer++) {
            nodes[peer] = new View(size);
            one.at(peer).clear();
            int contact = (peer + contacts.nextInt(1, peers)) % peers;
            nodes[peer].append(contact, 0);
            one.append(contact, 0);
        }
        RandomGenerator forNodes = new SplittableRandom(seed);
        RandomGenerator forFlat = new SplittableRandom(seed);
        var rules = new Newscast(size);
        Newscast[] rulesOfNodes = new Newscast[peers];
        for (int peer = 0; peer < peers; peer++) {
            rulesOfNodes[peer] = new Newscast(size);
        }
        for (int cycle = 0; cycle < 12; cycle++) {
            for (int peer = 0; peer < peers; peer++) {
                int partner = rules.tick(one.at(peer), 1, forFlat);
                rules.exchange(one.at(peer), peer, other.at(partner), partner);

                int asked = rulesOfNodes[peer].tick(nodes[peer], 1, forNodes);
                View request = copy(nodes[peer]);
                View answer = copy(nodes[asked]);
                rulesOfNodes[asked].asked(request, peer, nodes[asked], asked);
                rulesOfNodes[peer].answered(nodes[peer], peer, answer, asked);
            }
            for (int peer = 0; peer < peers; peer++) {
                assertEquals(entries(nodes[peer]), entries(one.at(peer)), "peer " + peer + ", cycle " + cycle);
                assertWellFormed(nodes[peer], peer);
            }
        }
    }

    private static View copy(View view) {
        var copy = new View(view.capacity());
        for (int place = 0; place < view.size(); place++) {
            copy.append(view.peer(place), view.age(place));
        }
        return copy;
    }

    private static void assertWellFormed(View view, int owner) {
        var seen = new HashSet<Integer>();
        for (int place = 0; place < view.size(); place++) {
            assertTrue(seen.add(view.peer(place)), "a peer stands twice");
            assertTrue(place == 0 || view.age(place - 1) <= view.age(place), "not sorted by age");
        }
        assertFalse(seen.contains(owner), "its owner stands in a view");
    }

    @Test
    void theWindowTouchesNothingBesideItsView() {
        int[] entries = {7, 7, 7, 7, 7, 7};
        View middle = new View(entries, 2).at(1);
        middle.clear();
        middle.append(1, 0);
        assertArrayEquals(new int[] {7, 7, 1, Integer.MAX_VALUE, 7, 7}, entries);
    }
}
