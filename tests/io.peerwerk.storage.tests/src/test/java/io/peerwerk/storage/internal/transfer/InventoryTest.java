// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.SecureRandom;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import org.junit.jupiter.api.Test;

class InventoryTest {

    private final PeerId one = Identity.generate(new SecureRandom()).id();
    private final PeerId two = Identity.generate(new SecureRandom()).id();
    private final List<Cid> shards = List.of(Cid.raw(new byte[] {0}), Cid.raw(new byte[] {1}), Cid.raw(new byte[] {2}),
            Cid.raw(new byte[] {3}));

    private static BitSet all(int count) {
        BitSet has = new BitSet();
        has.set(0, count);
        return has;
    }

    @Test
    void aShardThatTwoPeersHaveCountsOnceAndTheLoadIsShared() {
        Map<Integer, PeerId> held = Inventory.assign(shards, Map.of(one, all(4), two, all(4)), 2);
        assertEquals(4, held.size());
        assertEquals(2, held.values().stream().filter(one::equals).count());
    }

    @Test
    void aPeerCountsForNoMoreThanItsShare() {
        assertEquals(2, Inventory.assign(shards, Map.of(one, all(4)), 2).size());
        assertEquals(3, Inventory.assign(shards, Map.of(one, all(4)), 3).size());
    }

    @Test
    void equalShardsAreAsManyAsThePeersThatHaveThem() {
        // Where one shard brings the chunk back some are equal, and a peer keeps a block once.
        Cid copy = Cid.raw(new byte[] {7});
        List<Cid> copies = List.of(copy, copy, copy);
        assertEquals(1, Inventory.assign(copies, Map.of(one, all(3)), 3).size());
        assertEquals(2, Inventory.assign(copies, Map.of(one, all(3), two, all(3)), 3).size());
    }

    @Test
    void whatNobodyHasIsMissing() {
        BitSet last = new BitSet();
        last.set(3);
        assertEquals(Map.of(3, two), Inventory.assign(shards, Map.of(one, new BitSet(), two, last), 1));
    }
}
