// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.routing.internal.kad.RoutingTable.Place;
import org.junit.jupiter.api.Test;

class RoutingTableTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final Places places = new Places(new SplittableRandom(1));
    private final KadKey self = KadKey.of(places.peer());
    private final RoutingTable table = new RoutingTable(self, Diversity.STANDARD);

    private Contact in(int bucket, Multiaddr address) {
        return new Contact(places.peerAt(self, bucket), List.of(address));
    }

    /** Each in a network of its own. */
    private Contact in(int bucket) {
        return in(bucket, places.in(11 + table.size() / 200, table.size() % 200));
    }

    @Test
    void aBucketTakesTwentyAndNotOneMore() {
        for (int i = 0; i < RoutingTable.BUCKET_SIZE; i++) {
            assertEquals(Place.ADDED, table.add(in(1), NOW));
        }
        assertEquals(Place.FULL, table.add(in(1), NOW));
        assertFalse(table.hasRoom(in(1)));
        assertEquals(Place.ADDED, table.add(in(0), NOW));
        assertEquals(21, table.size());
    }

    @Test
    void aNetworkHasTwoInABucketAndThreeInTheTable() {
        assertEquals(Place.ADDED, table.add(in(0, places.in(20, 7)), NOW));
        assertEquals(Place.ADDED, table.add(in(0, places.in(20, 7)), NOW));
        assertFalse(table.hasRoom(in(0, places.in(20, 7))));
        assertEquals(Place.REFUSED, table.add(in(0, places.in(20, 7)), NOW));
        assertEquals(Place.ADDED, table.add(in(0, places.in(20, 8)), NOW));
        Contact third = in(1, places.in(20, 7));
        assertEquals(Place.ADDED, table.add(third, NOW));
        assertEquals(Place.REFUSED, table.add(in(2, places.in(20, 7)), NOW));
        table.remove(third.id());
        assertEquals(Place.ADDED, table.add(in(2, places.in(20, 7)), NOW));
    }

    @Test
    void peersOfThisMachineAreNotCounted() {
        for (int i = 0; i < 10; i++) {
            assertEquals(Place.ADDED, table.add(in(0, Multiaddr.of("/ip4/127.0.0.1/tcp/" + (i + 1))), NOW));
            assertEquals(Place.ADDED, table.add(in(1, Multiaddr.of("/ip6/::1/tcp/" + (i + 1))), NOW));
        }
    }

    @Test
    void anIp6NetworkHasThirtyTwoBits() {
        for (int i = 0; i < 2; i++) {
            assertEquals(Place.ADDED, table.add(in(0, Multiaddr.of("/ip6/2001:db8:" + i + "::1/tcp/1")), NOW));
        }
        assertEquals(Place.REFUSED, table.add(in(0, Multiaddr.of("/ip6/2001:db8:ffff::1/tcp/1")), NOW));
        assertEquals(Place.ADDED, table.add(in(0, Multiaddr.of("/ip6/2001:db9::1/tcp/1")), NOW));
    }

    @Test
    void onlyTheAddressWhereAPeerWasCounts() {
        Multiaddr claimed = places.in(20, 7);
        for (int i = 0; i < 5; i++) {
            Contact liar = new Contact(places.peerAt(self, 0), List.of(places.in(30, i), claimed));
            assertEquals(Place.ADDED, table.add(liar, NOW));
        }
        assertEquals(Place.ADDED, table.add(in(0, claimed), NOW), "nobody is kept out by what others claim");
    }

    @Test
    void thisPeerItselfIsNotInTheTable() {
        var me = places.peer();
        var own = new RoutingTable(KadKey.of(me), Diversity.NONE);
        assertEquals(Place.REFUSED, own.add(new Contact(me, List.of(places.anywhere())), NOW));
        assertFalse(own.hasRoom(new Contact(me, List.of(places.anywhere()))));
    }

    @Test
    void theOneSeenLongestAgoIsTheOldest() {
        Contact first = in(0);
        table.add(first, NOW);
        Contact second = in(0);
        table.add(second, NOW.plusSeconds(1));
        assertEquals(first, table.oldest(first.key()).orElseThrow().contact());
        assertEquals(Place.KNOWN, table.add(first, NOW.plusSeconds(2)));
        assertEquals(second, table.oldest(first.key()).orElseThrow().contact());
        assertEquals(NOW, table.find(first.id()).orElseThrow().added());
        assertEquals(NOW.plusSeconds(2), table.find(first.id()).orElseThrow().seen());
    }

    @Test
    void theClosestAreGivenInTheirOrder() {
        List<Contact> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Contact contact = places.contact();
            if (table.add(contact, NOW) == Place.ADDED) {
                all.add(contact);
            }
        }
        assertTrue(all.size() > 50, all.size() + " are in the table");
        KadKey target = KadKey.of(places.content());
        all.sort(Comparator.comparing(contact -> contact.key().distance(target)));
        assertEquals(all.subList(0, 20), table.closest(target, 20));
        assertEquals(all, table.closest(target, 1000));
    }
}
