// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.routing.internal.wire.KadMessage;
import io.peerwerk.routing.internal.wire.KadType;
import io.peerwerk.routing.internal.wire.Octets;
import org.junit.jupiter.api.Test;

class UpkeepTest {

    private final SplittableRandom random = new SplittableRandom(1);
    private final Places places = new Places(random);
    private final PeerId self = places.peer();
    private final RoutingTable table = new RoutingTable(KadKey.of(self), Diversity.STANDARD);
    private final Upkeep upkeep = new Upkeep(self, table, random);
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");

    private Contact in(int bucket) {
        return new Contact(places.peerAt(KadKey.of(self), bucket), List.of(places.anywhere()));
    }

    /** The peers to check now; all lookups asked for end at once. */
    private List<Contact> checks() {
        List<Contact> checks = new ArrayList<>();
        List<UpkeepAction> actions = upkeep.next(now);
        for (; !actions.isEmpty(); actions = upkeep.next(now)) {
            for (UpkeepAction action : actions) {
                switch (action) {
                    case UpkeepAction.Check(Contact contact) -> checks.add(contact);
                    case UpkeepAction.Refresh(Octets target) -> upkeep.refreshed();
                }
            }
        }
        return checks;
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void nobodyEntersUnlessItAnswers() {
        Contact contact = in(0);
        upkeep.offered(contact, now);
        assertEquals(0, table.size());
        assertEquals(List.of(contact), checks());
        assertEquals(List.of(), checks(), "it is asked once");
        upkeep.checked(contact, now);
        assertEquals(1, table.size());
    }

    @Test
    void oneThatIsSilentIsNotAskedAgainBecauseOthersTellOfItButWhenItComes() {
        Contact contact = in(0);
        upkeep.offered(contact, now);
        checks();
        upkeep.silent(contact.id(), now);
        upkeep.offered(contact, now);
        assertEquals(List.of(), checks());
        pass(Upkeep.SHUNNED);
        upkeep.offered(contact, now);
        assertEquals(List.of(), checks(), "not yet");
        pass(Duration.ofMillis(1));
        upkeep.offered(contact, now);
        assertEquals(List.of(contact), checks());
        upkeep.silent(contact.id(), now);
        upkeep.met(contact);
        assertEquals(List.of(contact), checks());
    }

    private List<Contact> fill(int bucket) {
        List<Contact> contacts = new ArrayList<>();
        while (contacts.size() < RoutingTable.BUCKET_SIZE) {
            Contact contact = in(bucket);
            if (table.hasRoom(contact)) {
                upkeep.checked(contact, now);
                contacts.add(contact);
            }
        }
        return contacts;
    }

    @Test
    void inAFullBucketTheOldestStaysIfItAnswers() {
        List<Contact> old = fill(0);
        Contact fresh = in(0);
        pass(Upkeep.FRESH.plusMillis(1));
        upkeep.checked(fresh, now);
        assertEquals(List.of(old.getFirst()), checks());
        upkeep.checked(old.getFirst(), now);
        assertTrue(table.find(old.getFirst().id()).isPresent());
        assertFalse(table.find(fresh.id()).isPresent());
    }

    @Test
    void inAFullBucketTheNewOneTakesThePlaceOfTheOldestIfThatIsSilent() {
        List<Contact> old = fill(0);
        Contact fresh = in(0);
        pass(Upkeep.FRESH.plusMillis(1));
        upkeep.checked(fresh, now);
        checks();
        upkeep.silent(old.getFirst().id(), now);
        assertFalse(table.find(old.getFirst().id()).isPresent());
        assertEquals(List.of(fresh), checks(), "it may be gone meanwhile");
        upkeep.checked(fresh, now);
        assertTrue(table.find(fresh.id()).isPresent());
        assertEquals(RoutingTable.BUCKET_SIZE, table.size());
    }

    @Test
    void aFullBucketOfPeersJustSeenIsNotDisturbed() {
        fill(0);
        pass(Upkeep.FRESH);
        upkeep.checked(in(0), now);
        assertEquals(List.of(), checks());
        upkeep.offered(in(0), now);
        assertEquals(List.of(), checks(), "nobody is asked for whom there is no room");
    }

    @Test
    void aPeerThatMissesAQuestionGetsOneMoreChance() {
        Contact contact = in(0);
        upkeep.checked(contact, now);
        upkeep.missed(contact.id(), now);
        assertEquals(1, table.size());
        assertEquals(List.of(contact), checks());
        upkeep.silent(contact.id(), now);
        assertEquals(0, table.size());
    }

    @Test
    void aPeerNotSeenForLongIsAsked() {
        Contact contact = in(0);
        upkeep.checked(contact, now);
        pass(Upkeep.STALE);
        assertEquals(List.of(), checks());
        pass(Duration.ofMillis(1));
        assertEquals(List.of(contact), checks());
    }

    @Test
    void aPeerThatServesNoMoreLeaves() {
        Contact contact = in(0);
        upkeep.checked(contact, now);
        upkeep.left(contact.id());
        assertEquals(0, table.size());
    }

    @Test
    void aFloodOfRumoursIsBounded() {
        for (int i = 0; i < 10 * Upkeep.MAX_WAITING; i++) {
            upkeep.offered(places.contact(), now);
        }
        assertEquals(Upkeep.MAX_WAITING, upkeep.pending().size());
        assertEquals(Upkeep.MAX_CHECKS, checks().size());
        assertEquals(Upkeep.MAX_WAITING, upkeep.pending().size());
    }

    @Test
    void whoIsConnectedIsCheckedFirstThoughAFloodOfRumoursWaits() {
        Contact first = places.contact();
        upkeep.offered(first, now);
        for (int i = 0; i < 2 * Upkeep.MAX_WAITING; i++) {
            upkeep.offered(places.contact(), now);
        }
        Contact connected = places.contact();
        upkeep.met(connected);
        assertEquals(Upkeep.MAX_WAITING, upkeep.pending().size());
        assertEquals(List.of(connected, first), checks().subList(0, 2));
        upkeep.met(connected);
        upkeep.met(new Contact(self, List.of(places.anywhere())));
        assertEquals(List.of(), checks(), "it is being checked");
    }

    @Test
    void firstItLooksForItselfThenThroughEachBucketOneAfterTheOther() {
        upkeep.checked(in(0), now);
        upkeep.checked(in(2), now);
        List<UpkeepAction> first = upkeep.next(now);
        assertEquals(List.of(new UpkeepAction.Refresh(new Octets(self.toBytes()))), first);
        assertEquals(List.of(), upkeep.next(now), "one at a time");
        var buckets = new ArrayList<Integer>();
        for (int i = 0; i < 3; i++) {
            upkeep.refreshed();
            var refresh = (UpkeepAction.Refresh) upkeep.next(now).getFirst();
            buckets.add(table.bucket(KadKey.of(refresh.target())));
        }
        assertEquals(List.of(0, 1, 2), buckets);
        upkeep.refreshed();
        assertEquals(List.of(), upkeep.next(now));
        pass(Upkeep.STALE.plusMillis(1));
        assertTrue(upkeep.next(now).contains(first.getFirst()));
    }

    /** A hundred peers, each of whom knows one of those before it at first. */
    @Test
    void whoJoinsThroughOnePeerKnowsItsNeighboursInTheEnd() {
        var network = new VirtualNetwork(11, Diversity.STANDARD);
        List<VirtualNetwork.Node> nodes = network.add(100);
        Map<PeerId, Upkeep> keepers = new HashMap<>();
        nodes.forEach(node -> keepers.put(node.id(), new Upkeep(node.id(), node.table, network.random)));
        for (int i = 1; i < nodes.size(); i++) {
            keepers.get(nodes.get(i).id()).met(nodes.get(network.random.nextInt(i)).contact);
        }
        for (int round = 0; round < 10; round++) {
            nodes.forEach(node -> keepers.get(node.id()).next(network.now)
                    .forEach(action -> carryOut(network, node, keepers, action)));
        }
        double known = 0;
        for (VirtualNetwork.Node node : nodes) {
            List<PeerId> wanted = new ArrayList<>(network.closest(new Octets(node.id().toBytes()), 11));
            wanted.remove(node.id());
            known += VirtualNetwork.share(wanted,
                    node.table.entries().stream().map(entry -> entry.contact().id()).toList()) / nodes.size();
        }
        System.out.printf("%.3f of the ten nearest neighbours are known%n", known);
        assertTrue(known > 0.95, known + "");
    }

    /** Whoever is asked has met the one that asks, since they are connected. */
    private static void carryOut(VirtualNetwork network, VirtualNetwork.Node node, Map<PeerId, Upkeep> keepers,
            UpkeepAction action) {
        Upkeep upkeep = keepers.get(node.id());
        switch (action) {
            case UpkeepAction.Check(Contact contact) -> {
                upkeep.checked(contact, network.now);
                keepers.get(contact.id()).met(node.contact);
            }
            case UpkeepAction.Refresh(Octets target) -> {
                network.run(node, node.lookup(target), KadMessage.of(KadType.FIND_NODE, target), (from, answer) -> {
                    upkeep.checked(from, network.now);
                    keepers.get(from.id()).met(node.contact);
                });
                upkeep.refreshed();
            }
        }
    }

    @Test
    void aPeerThatSomebodyDoubtsIsAskedAndStaysIfItAnswers() {
        Contact contact = in(0);
        upkeep.offered(contact, now);
        checks();
        upkeep.checked(contact, now);
        assertEquals(List.of(), checks());
        upkeep.doubted(contact.id());
        assertEquals(List.of(contact), checks());
        upkeep.checked(contact, now);
        assertEquals(1, table.size());
        upkeep.doubted(contact.id());
        assertEquals(List.of(contact), checks());
        upkeep.silent(contact.id(), now);
        assertEquals(0, table.size());
    }

    @Test
    void aDoubtAboutSomebodyWhoIsInNoTableIsNothing() {
        upkeep.doubted(in(0).id());
        assertEquals(List.of(), checks());
        assertFalse(upkeep.hasChecks());
    }

    @Test
    void whereThePeersOfTheTableGoFastItShows() {
        for (int i = 0; i < 4; i++) {
            Contact contact = in(i);
            upkeep.offered(contact, now);
            checks();
            upkeep.checked(contact, now);
            pass(Duration.ofSeconds(20));
            upkeep.next(now);
            upkeep.doubted(contact.id());
            upkeep.next(now);
            upkeep.silent(contact.id(), now);
        }
        Duration halfLife = upkeep.turnover().halfLife(Duration.ofHours(1));
        assertTrue(halfLife.compareTo(Duration.ofSeconds(20)) < 0, halfLife::toString);
    }
}
