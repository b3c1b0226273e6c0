// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.cyclon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.internal.wire.Contact;
import io.peerwerk.gossip.virtual.Peers;

class RecallTest {

    private final SplittableRandom random = new SplittableRandom(4);

    @Test
    void toBeNamedOftenIsNoAdvantage() {
        int loud = 0;
        int drawn = 2000;
        for (int i = 0; i < drawn; i++) {
            var recall = new Recall(1, random);
            for (int peer = 0; peer < 10; peer++) {
                for (int times = peer == 0 ? 100 : 1; times > 0; times--) {
                    recall.offer(Peers.contact(peer));
                }
            }
            loud += recall.draw(random).id().equals(Peers.id(0)) ? 1 : 0;
        }
        assertEquals(drawn / 10.0, loud, 67); // five standard deviations
    }

    @Test
    void whoIsForgottenIsReplacedByTheNextOneHeardOf() {
        var recall = new Recall(4, random);
        assertNull(recall.draw(random));
        recall.offer(Peers.contact(1));
        recall.forget(Peers.id(1));
        assertNull(recall.draw(random));
        recall.offer(Peers.contact(2));
        assertEquals(Peers.id(2), recall.draw(random).id());
    }

    @Test
    void thePlacesHoldDifferentPeersAndTheirNewestAddresses() {
        var recall = new Recall(16, random);
        for (int peer = 0; peer < 50; peer++) {
            recall.offer(Peers.contact(peer));
            recall.offer(new Contact(Peers.id(peer), List.of(Peers.address(1000 + peer))));
        }
        Set<PeerId> drawn = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            Contact contact = recall.draw(random);
            assertNotNull(contact);
            assertNotEquals(Peers.contact(0).addresses(), contact.addresses());
            drawn.add(contact.id());
        }
        assertEquals(13.8, drawn.size(), 3); // 50 * (1 - (1 - 1/50)^16)
    }

    @Test
    void thereCanBeNone() {
        var recall = new Recall(0, random);
        recall.offer(Peers.contact(1));
        assertNull(recall.draw(random));
    }
}
