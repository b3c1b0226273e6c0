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

class ShardFinderTest {

    private static final Cid COPY = Cid.raw(new byte[] {1});
    private static final Cid OTHER = Cid.raw(new byte[] {2});

    private final PeerId one = Identity.generate(new SecureRandom()).id();
    private final PeerId two = Identity.generate(new SecureRandom()).id();

    private static BitSet bits(int... bits) {
        BitSet set = new BitSet();
        for (int bit : bits) {
            set.set(bit);
        }
        return set;
    }

    @Test
    void aPeerThatHasOneOfTwoEqualShardsCountsForOne() {
        Map<PeerId, BitSet> holders = Map.of(one, bits(3, 4, 5));
        ShardFinder.countOnce(List.of(COPY, COPY, OTHER), 3, holders);
        assertEquals(bits(3, 5), holders.get(one));
    }

    @Test
    void twoPeersThatHaveEqualShardsCountForTwo() {
        Map<PeerId, BitSet> holders = Map.of(one, bits(0, 1), two, bits(0, 1, 2));
        ShardFinder.countOnce(List.of(COPY, COPY, OTHER), 0, holders);
        BitSet any = new BitSet();
        holders.values().forEach(any::or);
        assertEquals(bits(0, 1, 2), any);
        assertEquals(1, holders.get(one).cardinality());
        assertEquals(2, holders.get(two).cardinality());
    }

    @Test
    void differentShardsAreLeftAsTheyAre() {
        Map<PeerId, BitSet> holders = Map.of(one, bits(0, 1, 2), two, bits());
        ShardFinder.countOnce(List.of(COPY, OTHER, Cid.raw(new byte[] {3})), 0, holders);
        assertEquals(bits(0, 1, 2), holders.get(one));
    }
}
