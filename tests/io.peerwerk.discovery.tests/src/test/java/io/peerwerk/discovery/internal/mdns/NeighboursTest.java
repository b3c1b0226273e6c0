// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.mdns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.discovery.internal.Peers;

class NeighboursTest {

    private final Neighbours neighbours = new Neighbours(0);
    private final PeerId peer = Peers.id();

    private boolean heard(PeerId who, long at, String... addresses) {
        return neighbours.heard(new Sighting(who, Peers.addresses(addresses)), at);
    }

    @Test
    void aPeerCountsWhenItIsNewOrHasMoved() {
        assertTrue(heard(peer, 1, "/ip4/192.168.1.9/tcp/1"));
        assertFalse(heard(peer, 2, "/ip4/192.168.1.9/tcp/1"));
        assertTrue(heard(peer, 3, "/ip4/192.168.1.9/tcp/1", "/ip4/192.168.1.9/tcp/2"));
        assertFalse(heard(peer, 4, "/ip4/192.168.1.9/tcp/2"));
    }

    @Test
    void aPeerThatStaysCountsAgainEverLessOften() {
        int counted = 0;
        for (long at = 0; at < 3_600_000; at += 10_000) {
            counted += heard(peer, at, "/ip4/192.168.1.9/tcp/1") ? 1 : 0;
        }
        assertTrue(counted >= 5 && counted <= 9, counted + " times in an hour");
    }

    @Test
    void aPeerThatLeftIsNewWhenItComesBack() {
        assertTrue(heard(peer, 1, "/ip4/192.168.1.9/tcp/1"));
        assertFalse(neighbours.heard(new Sighting(peer, List.of()), 2));
        assertEquals(0, neighbours.size());
        assertTrue(heard(peer, 3, "/ip4/192.168.1.9/tcp/1"));
    }

    @Test
    void aFloodOfMadeUpPeersCountsForAFewAMinuteAndIsForgotten() {
        int counted = 0;
        for (int i = 0; i < 6000; i++) {
            counted += heard(Peers.id(), i * 10L, "/ip4/192.168.1.9/tcp/1") ? 1 : 0;
        }
        assertTrue(counted >= Neighbours.BURST && counted <= Neighbours.BURST + 60_000 / Neighbours.EVERY,
                counted + " peers in a minute");
        assertTrue(neighbours.size() <= Neighbours.MAX_PEERS);
    }

    @Test
    void aPeerThatComesAndGoesInAFloodDoesNotCountEachTime() {
        int counted = 0;
        for (int i = 0; i < 6000; i++) {
            counted += heard(peer, i, "/ip4/192.168.1.9/tcp/1") ? 1 : 0;
            neighbours.heard(new Sighting(peer, List.of()), i);
        }
        assertTrue(counted <= Neighbours.BURST + 3, counted + " times in six seconds");
    }

    @Test
    void soManyAreKeptAndTheOldestGoes() {
        for (int i = 0; i <= Neighbours.MAX_PEERS; i++) {
            assertTrue(heard(i == 0 ? peer : Peers.id(), i * Neighbours.EVERY, "/ip4/192.168.1.9/tcp/1"));
        }
        assertEquals(Neighbours.MAX_PEERS, neighbours.size());
        assertTrue(heard(peer, (Neighbours.MAX_PEERS + 1) * Neighbours.EVERY, "/ip4/192.168.1.9/tcp/1"));
    }
}
