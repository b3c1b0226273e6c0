// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.virtual.Peers;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ProbeOrderTest {

    @Property(tries = 100)
    void eachMemberIsProbedOnceARound(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int size) {
        var order = new ProbeOrder(new SplittableRandom(seed));
        beliefs(size).forEach(order::add);
        for (int round = 0; round < 3; round++) {
            assertEquals(size, round(order, size).size());
        }
    }

    @Property(tries = 100)
    void noMemberWaitsLongerThanTwoRoundsWhileOthersComeAndGo(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var order = new ProbeOrder(random);
        List<Belief> inside = new ArrayList<>(beliefs(20));
        List<Belief> outside = new ArrayList<>(beliefs(60).subList(20, 60));
        inside.forEach(order::add);
        Belief watched = inside.getFirst();
        int limit = 2 * 30; // two rounds; a round grows by those who come while it lasts
        int waited = 0;
        for (int i = 0; i < 1000; i++) {
            if (random.nextInt(4) == 0 && !outside.isEmpty() && inside.size() < 30) {
                Belief newcomer = outside.removeLast();
                order.add(newcomer);
                inside.add(newcomer);
                limit++;
            } else if (random.nextInt(4) == 0 && inside.size() > 10) {
                Belief leaver = inside.remove(1 + random.nextInt(inside.size() - 1));
                order.remove(leaver);
                outside.addFirst(leaver);
            }
            assertEquals(inside.size(), order.size());
            boolean probed = order.next() == watched;
            waited = probed ? 0 : waited + 1;
            limit = probed ? 2 * 30 : limit;
            assertTrue(waited < limit, "waited for " + waited);
        }
    }

    @Test
    void theOrderDiffersFromRoundToRound() {
        var order = new ProbeOrder(new SplittableRandom(5));
        beliefs(20).forEach(order::add);
        assertNotEquals(List.copyOf(round(order, 20)), List.copyOf(round(order, 20)));
    }

    @Test
    void nobodyIsProbedWhereNobodyIs() {
        var order = new ProbeOrder(new SplittableRandom(5));
        assertNull(order.next());
        Belief belief = beliefs(1).getFirst();
        order.add(belief);
        order.remove(belief);
        assertNull(order.next());
        assertTrue(order.pick(3, null).isEmpty());
        assertTrue(order.stretch(3).isEmpty());
    }

    @Property(tries = 100)
    void picksAreDifferentAndLeaveOutTheExcepted(@ForAll long seed, @ForAll @IntRange(max = 8) int size,
            @ForAll @IntRange(max = 6) int count) {
        var order = new ProbeOrder(new SplittableRandom(seed));
        List<Belief> all = beliefs(size);
        all.forEach(order::add);
        Belief except = size == 0 ? null : all.getFirst();
        List<Belief> picked = order.pick(count, except);
        assertEquals(Math.min(count, Math.max(0, size - 1)), new HashSet<>(picked).size());
        assertEquals(picked.size(), new HashSet<>(picked).size());
        assertTrue(!picked.contains(except));
        assertEquals(Math.min(count, size), new HashSet<>(order.stretch(count)).size());
    }

    @Test
    void onlyOneOfTheOrderIsExcepted() {
        var order = new ProbeOrder(new SplittableRandom(5));
        var other = new ProbeOrder(new SplittableRandom(5));
        List<Belief> all = beliefs(4);
        all.subList(0, 3).forEach(order::add);
        other.add(all.get(3));
        assertEquals(2, order.pick(2, all.get(3)).size());
    }

    @Property(tries = 100)
    void aDrawAmongMetAndUnmetGivesAsManyAsThereAre(@ForAll long seed, @ForAll @IntRange(max = 6) int met,
            @ForAll @IntRange(max = 6) int unmet, @ForAll @IntRange(max = 6) int count) {
        var reachable = new Reachable(new SplittableRandom(seed));
        List<Belief> all = beliefs(met + unmet);
        all.forEach(reachable::add);
        all.subList(0, met).forEach(reachable::promote);
        Belief except = all.isEmpty() ? null : all.getLast();
        List<Belief> picked = reachable.pick(count, except);
        assertEquals(Math.min(count, Math.max(0, all.size() - 1)), new HashSet<>(picked).size());
        assertEquals(picked.size(), new HashSet<>(picked).size());
        assertTrue(!picked.contains(except));
        assertEquals(Math.min(count, all.size()), new HashSet<>(reachable.list(count)).size());
    }

    @Test
    void picksAreFair() {
        var order = new ProbeOrder(new SplittableRandom(6));
        beliefs(10).forEach(order::add);
        Map<Belief, Integer> counts = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            order.pick(3, null).forEach(belief -> counts.merge(belief, 1, Integer::sum));
        }
        counts.values().forEach(count -> assertEquals(3000, count, 250)); // five standard deviations
    }

    private static List<Belief> round(ProbeOrder order, int size) {
        List<Belief> round = new ArrayList<>();
        IntStream.range(0, size).forEach(i -> round.add(order.next()));
        assertEquals(size, new HashSet<>(round).size());
        return round;
    }

    static List<Belief> beliefs(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Belief(
                        Card.seal(Peers.identity(i), new Card.Content(1, List.of(), 0, false)), MemberState.ALIVE)).toList();
    }
}
