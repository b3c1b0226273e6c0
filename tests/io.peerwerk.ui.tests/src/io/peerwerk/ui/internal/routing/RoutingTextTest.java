// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.routing.RoutingSnapshot;
import io.peerwerk.ui.internal.fakes.FakeNode;
import io.peerwerk.ui.internal.fakes.FakeRouting;
import io.peerwerk.ui.internal.routing.RoutingModel.Bucket;
import io.peerwerk.ui.internal.routing.RoutingModel.Entry;
import io.peerwerk.ui.internal.routing.RoutingModel.Table;

class RoutingTextTest {
    private static Table table(boolean serving, long networkSize) {
        return new Table("Public peers", 0, new RoutingSnapshot.Table("/ipfs/kad/1.0.0", serving, networkSize, 0, 0, List.of()));
    }

    @Test
    void aSizeThatIsNotKnownIsADash() {
        assertEquals("\u2013", RoutingText.networkSize(table(true, 0)));
        assertEquals("about 1,200", RoutingText.networkSize(table(true, 1200)));
    }

    @Test
    void theModeSaysWhatItMeans() {
        assertEquals("answers others", RoutingText.mode(table(true, 0)));
        assertEquals("asks only", RoutingText.mode(table(false, 0)));
        assertTrue(RoutingText.tooltip(table(false, 0)).startsWith("/ipfs/kad/1.0.0\n"));
    }

    @Test
    void theBarIsFullAtTwentyPeersAndNotBefore() {
        assertEquals(0, new Bucket("t", 0, 0).share());
        assertEquals(0.95, new Bucket("t", 0, 19).share());
        assertEquals(1, new Bucket("t", 0, 20).share());
        assertEquals(1, new Bucket("t", 0, 21).share());
        assertEquals("19 of 20", RoutingText.size(new Bucket("t", 0, 19)));
    }

    @Test
    void aPeerHasItsFirstAddressInTheTableAndAllInTheTooltip() {
        Multiaddr one = Multiaddr.of("/ip4/192.0.2.7/tcp/4001");
        Multiaddr two = Multiaddr.of("/ip4/192.0.2.7/udp/4001/quic-v1");
        Bucket bucket = new Bucket("Public peers", 2, 1);
        assertEquals("\u2013", RoutingText.address(new Entry(bucket, FakeNode.id(1), List.of(), FakeNode.THEN, FakeNode.THEN)));
        assertEquals(one.toString(), RoutingText.address(new Entry(bucket, FakeNode.id(1), List.of(one), FakeNode.THEN, FakeNode.THEN)));
        Entry both = new Entry(bucket, FakeNode.id(1), List.of(one, two), FakeNode.THEN, FakeNode.THEN);
        assertEquals(one + " and 1 more", RoutingText.address(both));
        assertTrue(RoutingText.tooltip(both).contains(two.toString()) && RoutingText.tooltip(both).contains(FakeNode.id(1).toString()));
    }

    @Test
    void aFoundPeerStandsInNoBucketAndBeforeAllOthers() {
        Entry found = new Entry(null, FakeNode.id(1), List.of(), null, null);
        Entry known = RoutingModel.of(new RoutingSnapshot(List.of(FakeRouting.table("/ipfs/kad/1.0.0", FakeRouting.bucket(0, 1)))),
                new PeerSearch.Idle()).peers().getFirst();
        assertEquals("found", found.table());
        assertEquals("\u2013", RoutingText.sharedBits(found));
        assertEquals("\u2013", RoutingText.ago(found.lastSeen(), FakeNode.THEN));
        assertEquals("5 min ago", RoutingText.ago(known.addedAt(), FakeNode.THEN.plus(Duration.ofMinutes(5))));
        assertTrue(RoutingText.BY_BITS.compare(found, known) < 0 && RoutingText.BY_SEEN.compare(found, known) < 0);
        assertTrue(!found.identity().equals(known.identity()));
    }

    @Test
    void everyStateOfTheSearchHasItsWords() {
        var id = FakeNode.id(3);
        assertEquals("", RoutingText.search(new PeerSearch.Idle()));
        assertEquals("Looking for " + id.brief() + "\u2026", RoutingText.search(new PeerSearch.Running(id)));
        assertEquals("Nobody who was asked knows " + id.brief(), RoutingText.search(new PeerSearch.Unknown(id)));
        assertEquals(id.brief() + " is known, but nobody tells where it is", RoutingText.search(new PeerSearch.Found(id, List.of())));
        Multiaddr address = Multiaddr.of("/ip4/192.0.2.7/tcp/4001");
        assertEquals(id.brief() + " is said to be at " + address, RoutingText.search(new PeerSearch.Found(id, List.of(address))));
        assertEquals(id.brief() + " is said to be at 2 addresses", RoutingText.search(new PeerSearch.Found(id, List.of(address, address))));
    }
}
