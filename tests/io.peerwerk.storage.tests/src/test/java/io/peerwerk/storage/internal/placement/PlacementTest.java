// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.FormatException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PlacementTest {

    private static final int GROUP = 77;

    static PeerId peer(int number) {
        try {
            return PeerId.read(Multihash.sha256(new byte[] {(byte) number, (byte) (number >> 8)}).toBytes());
        } catch (FormatException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<PeerId> peers(int count) {
        List<PeerId> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            peers.add(peer(i));
        }
        return peers;
    }

    @Property(tries = 50)
    void everyoneWhoKnowsTheSamePeersRanksThemTheSame(@ForAll @IntRange(max = 40) int count, @ForAll Random random) {
        List<PeerId> shuffled = peers(count);
        Collections.shuffle(shuffled, random);
        assertEquals(Rendezvous.rank(GROUP, peers(count)), Rendezvous.rank(GROUP, shuffled));
    }

    @Property(tries = 50)
    void aPeerThatGoesChangesNobodyElsesOrder(@ForAll @IntRange(min = 1, max = 40) int count, @ForAll Random random) {
        List<PeerId> ranked = new ArrayList<>(Rendezvous.rank(GROUP, peers(count)));
        PeerId gone = ranked.get(random.nextInt(count));
        List<PeerId> rest = peers(count);
        rest.remove(gone);
        ranked.remove(gone);
        assertEquals(ranked, Rendezvous.rank(GROUP, rest));
    }

    @Test
    void everyPeerIsFirstForItsShareOfTheGroups() {
        Map<PeerId, Integer> first = new HashMap<>();
        for (int group = 0; group < 256; group++) {
            first.merge(Rendezvous.rank(group, peers(8)).getFirst(), 1, Integer::sum);
        }
        // 32 each, give or take five standard deviations.
        first.values().forEach(count -> assertTrue(Math.abs(count - 32) < 27, () -> "first " + count + " times"));
        assertEquals(8, first.size());
    }

    @Test
    void chunksOfAGroupHaveTheSameHoldersAndThereAre256Groups() {
        Set<Integer> groups = new HashSet<>();
        Set<List<PeerId>> holders = new HashSet<>();
        for (int i = 0; i < 5000; i++) {
            int group = Rendezvous.group(Cid.raw(ByteBuffer.allocate(4).putInt(i).array()));
            groups.add(group);
            holders.add(Rendezvous.rank(group, peers(100)).subList(0, 30));
        }
        assertEquals(256, groups.size());
        assertEquals(256, holders.size());
    }

    @Property(tries = 100)
    void aFreshChunkIsSpreadEvenlyInTheOrderOfRank(@ForAll @IntRange(min = 1, max = 40) int count) {
        List<PeerId> ranked = Rendezvous.rank(GROUP, peers(count));
        Spread spread = new Spread(ranked, Map.of());
        for (int shard = 0; shard < 30; shard++) {
            assertEquals(Optional.of(ranked.get(shard % count)), spread.next(peer -> true));
        }
    }

    @Test
    void missingShardsGoToThoseWhoHaveFewest() {
        List<PeerId> ranked = peers(4);
        Spread spread = new Spread(ranked, Map.of(peer(0), 3, peer(1), 1, peer(2), 2, peer(9), 5));
        List<PeerId> chosen = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            chosen.add(spread.next(peer -> true).orElseThrow());
        }
        assertEquals(List.of(peer(3), peer(1), peer(3), peer(1), peer(2), peer(3)), chosen);
    }

    @Test
    void whoRefusesIsPassedOverAndNobodyIsLeftInTheEnd() {
        Spread spread = new Spread(peers(2), Map.of());
        assertEquals(Optional.of(peer(0)), spread.next(peer -> true));
        spread.refused(peer(0));
        assertEquals(Optional.of(peer(1)), spread.next(peer -> !peer.equals(peer(0))));
        assertEquals(Optional.empty(), spread.next(peer -> false));
    }
}
