// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import io.peerwerk.core.multiformats.Multiaddr;
import org.junit.jupiter.api.Test;

class LookupTest {

    private final Places places = new Places(new SplittableRandom(1));
    private final KadKey target = KadKey.of(places.content());
    private final Contact self = places.contact();

    private Lookup lookup(List<Contact> seeds, LookupOptions options) {
        return new Lookup(target, self.id(), seeds, options);
    }

    private List<Contact> sorted(int count) {
        return places.contacts(count).stream()
                .sorted(Comparator.comparing((Contact c) -> c.key().distance(target))).toList();
    }

    private static Optional<Multiaddr> at(Contact contact) {
        return Optional.of(contact.addresses().getFirst());
    }

    @Test
    void withoutAnybodyToAskItIsDone() {
        Lookup lookup = lookup(List.of(), LookupOptions.standard(Diversity.NONE));
        assertTrue(lookup.isDone());
        assertEquals(List.of(), lookup.closest());
    }

    @Test
    void soManyAreAskedAtATime() {
        Lookup lookup = lookup(sorted(20), new LookupOptions(20, 6, 3, 100, Diversity.NONE));
        List<Contact> first = lookup.next();
        assertEquals(6, first.size());
        assertEquals(List.of(), lookup.next());
        lookup.failed(first.getFirst().id());
        assertEquals(1, lookup.next().size());
    }

    @Test
    void itEndsWhenTheClosestHaveAnswered() {
        List<Contact> peers = sorted(30);
        Lookup lookup = lookup(peers.subList(20, 30), new LookupOptions(10, 10, 1, 100, Diversity.NONE));
        int asked = 0;
        while (!lookup.isDone()) {
            for (Contact contact : lookup.next()) {
                asked++;
                int place = peers.indexOf(contact);
                lookup.answered(contact.id(), at(contact), peers.subList(Math.max(0, place - 15), place));
            }
        }
        assertEquals(VirtualNetwork.ids(peers.subList(0, 10)), VirtualNetwork.ids(lookup.closest()));
        assertTrue(asked < 30, asked + " were asked");
    }

    @Test
    void oneThatFailsIsReplacedByTheNext() {
        List<Contact> peers = sorted(4);
        Lookup lookup = lookup(peers, new LookupOptions(3, 10, 1, 100, Diversity.NONE));
        assertEquals(3, lookup.next().size());
        lookup.answered(peers.get(0).id(), at(peers.get(0)), List.of());
        lookup.failed(peers.get(1).id());
        assertEquals(List.of(peers.get(3)), lookup.next());
        lookup.answered(peers.get(2).id(), at(peers.get(2)), List.of());
        assertFalse(lookup.isDone());
        lookup.answered(peers.get(3).id(), at(peers.get(3)), List.of());
        assertTrue(lookup.isDone());
        assertEquals(List.of(peers.get(0), peers.get(2), peers.get(3)), lookup.closest());
    }

    @Test
    void anAnswerThatWasNotAskedForChangesNothing() {
        List<Contact> peers = sorted(2);
        Lookup lookup = lookup(peers.subList(1, 2), LookupOptions.standard(Diversity.NONE));
        lookup.answered(peers.get(1).id(), at(peers.get(1)), List.of(peers.get(0)));
        lookup.answered(places.peer(), at(peers.get(0)), List.of(peers.get(0)));
        assertEquals(1, lookup.next().size());
        lookup.failed(peers.get(1).id());
        lookup.answered(peers.get(1).id(), at(peers.get(1)), List.of(peers.get(0)));
        assertEquals(List.of(), lookup.next());
        assertTrue(lookup.isDone());
    }

    @Test
    void thisPeerIsNotAskedThoughOthersTellOfIt() {
        List<Contact> peers = sorted(1);
        Lookup lookup = lookup(peers, LookupOptions.standard(Diversity.NONE));
        lookup.next();
        lookup.answered(peers.getFirst().id(), at(peers.getFirst()), List.of(self));
        assertTrue(lookup.isDone());
    }

    /** One of the two peers it begins with lies: its path is lost, the other one comes to its end. */
    @Test
    void whatALiarTellsIsKnownToItsOwnPathAlone() {
        List<Contact> liars = sorted(10);
        List<Contact> honest = sorted(10);
        Lookup lookup = lookup(List.of(liars.get(9), honest.get(9)), new LookupOptions(5, 2, 2, 100, Diversity.NONE));
        List<Contact> asked = new ArrayList<>();
        while (!lookup.isDone()) {
            for (Contact contact : lookup.next()) {
                asked.add(contact);
                lookup.answered(contact.id(), at(contact), liars.contains(contact) ? liars : honest);
            }
        }
        assertEquals(asked.size(), asked.stream().distinct().count(), "each is asked by one path");
        assertTrue(asked.containsAll(honest.subList(0, 5)), "though closer liars are known");
        assertTrue(asked.containsAll(liars.subList(0, 5)));
    }

    @Test
    void peersOfOneNetworkBeyondTheLimitAreNeitherAskedNorGiven() {
        List<Contact> crowd = new ArrayList<>();
        for (Contact contact : sorted(30)) {
            crowd.add(new Contact(contact.id(), contact.key(), List.of(places.in(150, 1))));
        }
        Lookup lookup = lookup(crowd, new LookupOptions(20, 3, 1, 100, Diversity.STANDARD));
        int asked = 0;
        while (!lookup.isDone()) {
            for (Contact contact : lookup.next()) {
                asked++;
                lookup.answered(contact.id(), at(contact), List.of());
            }
        }
        assertEquals(3, asked);
        assertEquals(VirtualNetwork.ids(crowd.subList(0, 3)), VirtualNetwork.ids(lookup.closest()));
    }

    @Test
    void whereAPeerAnswersCountsAndNotWhereOthersPutIt() {
        List<Contact> peers = sorted(8);
        List<Contact> claimed = new ArrayList<>();
        for (Contact peer : peers) {
            claimed.add(new Contact(peer.id(), peer.key(), List.of(places.anywhere())));
        }
        Lookup lookup = lookup(claimed, new LookupOptions(20, 8, 1, 100, Diversity.STANDARD));
        lookup.next().forEach(contact -> lookup.answered(contact.id(), Optional.of(places.in(150, 1)), List.of()));
        assertEquals(3, lookup.closest().size());
    }

    /** Only what is complete says how close the closest peers are. */
    @Test
    void itIsCompleteWhenAllThatCountHaveAnsweredAndNotWhenItWasEndedBefore() {
        List<Contact> peers = sorted(4);
        Lookup lookup = lookup(peers, new LookupOptions(3, 2, 1, 100, Diversity.NONE));
        assertFalse(lookup.isComplete());
        lookup.next();
        lookup.answered(peers.get(0).id(), at(peers.get(0)), List.of());
        lookup.failed(peers.get(1).id());
        assertFalse(lookup.isComplete(), "two are to be asked");
        lookup.next();
        lookup.answered(peers.get(2).id(), at(peers.get(2)), List.of());
        assertFalse(lookup.isComplete(), "one has not answered");
        lookup.answered(peers.get(3).id(), at(peers.get(3)), List.of());
        assertTrue(lookup.isComplete());
        lookup.stop();
        assertFalse(lookup.isComplete());

        Lookup limited = lookup(peers, new LookupOptions(3, 2, 1, 2, Diversity.NONE));
        limited.next().forEach(contact -> limited.answered(contact.id(), at(contact), List.of()));
        assertTrue(limited.isDone());
        assertFalse(limited.isComplete(), "no more questions were allowed");
    }

    @Test
    void onceStoppedItAsksNobody() {
        Lookup lookup = lookup(sorted(5), LookupOptions.standard(Diversity.NONE));
        lookup.stop();
        assertTrue(lookup.isDone());
        assertEquals(List.of(), lookup.next());
        assertEquals(5, lookup.candidates().size());
    }
}
