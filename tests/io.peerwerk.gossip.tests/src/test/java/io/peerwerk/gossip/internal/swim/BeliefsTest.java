// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.virtual.Peers;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The table of beliefs against the library's. */
class BeliefsTest {

    private static final int PEERS = 60;

    private static Belief belief(int peer) {
        return new Belief(Card.unsigned(Peers.id(peer), new Card.Content(1, List.of(), 0, false)), MemberState.ALIVE);
    }

    @Property(tries = 200)
    void whatIsAddedIsFoundUntilItIsRemovedWhereverItLies(@ForAll int secret, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var beliefs = new Beliefs(secret);
        Map<PeerId, Belief> model = new HashMap<>();
        for (int i = 0; i < 400; i++) {
            int peer = random.nextInt(PEERS);
            Belief known = model.remove(Peers.id(peer));
            if (known != null) {
                beliefs.remove(known);
            } else {
                Belief added = belief(peer);
                model.put(added.id(), added);
                beliefs.add(added);
            }
            assertEquals(model.size(), beliefs.size());
        }
        for (int peer = 0; peer < PEERS; peer++) {
            Belief expected = model.get(Peers.id(peer));
            if (expected == null) {
                assertNull(beliefs.find(Peers.id(peer)));
            } else {
                assertSame(expected, beliefs.find(Peers.id(peer)));
            }
        }
        Set<Belief> all = new HashSet<>();
        beliefs.forEach(all::add);
        assertEquals(new HashSet<>(model.values()), all);
    }
}
