// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.virtual.Peers;
import io.peerwerk.gossip.virtual.VirtualNetwork;
import io.peerwerk.gossip.virtual.VirtualSwim;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks in which each peer watches some of the others only. */
class PartialViewNetworkTest {

    private static final int PEERS = 60;
    private static final int VIEW = 12;
    private static final SwimOptions OPTIONS = SwimOptions.every(1000).withView(VIEW);

    private VirtualNetwork network;
    private VirtualSwim swim;

    private void start(long seed) {
        network = new VirtualNetwork(seed);
        swim = new VirtualSwim(network, OPTIONS);
        swim.start(PEERS);
        network.run(Duration.ofMinutes(1));
    }

    /** How many of those that are up watch each of them. */
    private Map<Integer, Integer> watchers() {
        Map<PeerId, Integer> numbers = new HashMap<>();
        Map<Integer, Integer> watchers = new HashMap<>();
        for (int peer : swim.up()) {
            numbers.put(Peers.id(peer), peer);
            watchers.put(peer, 0);
        }
        for (int peer : swim.up()) {
            for (Member member : swim.swim(peer).members()) {
                Integer watched = numbers.get(member.id());
                if (watched != null && member.state().isReachable()) {
                    watchers.merge(watched, 1, Integer::sum);
                }
            }
        }
        return watchers;
    }

    private boolean isConnected() {
        Collection<Integer> up = swim.up();
        Map<PeerId, Integer> numbers = new HashMap<>();
        up.forEach(peer -> numbers.put(Peers.id(peer), peer));
        Set<Integer> reached = new HashSet<>(Set.of(up.iterator().next()));
        Deque<Integer> next = new ArrayDeque<>(reached);
        while (!next.isEmpty()) {
            for (Member member : swim.swim(next.remove()).members()) {
                Integer peer = numbers.get(member.id());
                if (peer != null && reached.add(peer)) {
                    next.add(peer);
                }
            }
        }
        return reached.size() == up.size();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void viewsFillWithoutExceedingTheirBoundAndEverybodyIsWatchedBySeveral(long seed) {
        start(seed);
        for (int i = 0; i < 30; i++) {
            network.run(Duration.ofSeconds(2));
            swim.up().forEach(peer -> assertTrue(swim.swim(peer).size() <= VIEW));
        }
        double views = swim.up().stream().mapToInt(peer -> swim.swim(peer).size()).average().orElseThrow();
        assertTrue(views > VIEW - 0.5, () -> "a view has " + views + " members");
        assertTrue(watchers().values().stream().allMatch(count -> count >= 2), () -> watchers().toString());
        assertTrue(isConnected());
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void whoDiesIsFoundAndForgottenByAllWhoWatchIt(long seed) {
        start(seed);
        for (int peer = 10; peer < 20; peer++) {
            swim.crash(peer);
        }
        network.run(Duration.ofMinutes(3)); // a round of probes, a suspicion, and the time until they are forgotten
        for (int peer : swim.up()) {
            for (int dead = 10; dead < 20; dead++) {
                assertTrue(swim.belief(peer, dead).isEmpty(), "forgotten");
            }
        }
        assertEquals(10, swim.told.stream().filter(told -> told.now().state() == MemberState.DEAD)
                .map(told -> told.now().id()).distinct().count(), "these were found, and nobody else");
        assertTrue(isConnected());
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8})
    void onABadNetworkNobodyAliveIsHeldForDead(long seed) {
        start(seed);
        network.loss = 0.05;
        network.run(Duration.ofMinutes(3));
        assertEquals(0, swim.toldOf(MemberState.DEAD));
    }

    @ParameterizedTest
    @ValueSource(longs = {9, 10})
    void aNewcomerIsSoonWatchedBySeveralAndWatchesAsManyAsOthers(long seed) {
        start(seed);
        swim.start(PEERS, 33);
        network.run(Duration.ofSeconds(2 * VIEW));
        assertTrue(watchers().get(PEERS) >= VIEW / 3, () -> watchers().toString());
        assertTrue(swim.swim(PEERS).size() >= VIEW / 2, () -> swim.swim(PEERS).members().toString());
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void peersThatComeAndGoAllTheTimeStayTogether(long seed) {
        start(seed);
        for (int i = 0; i < 30; i++) {
            swim.crash(i);
            swim.start(PEERS + i, PEERS - 1);
            network.run(Duration.ofSeconds(8));
        }
        network.run(Duration.ofSeconds(3 * VIEW));
        assertTrue(isConnected());
        assertTrue(watchers().values().stream().allMatch(count -> count >= 2), () -> watchers().toString());
    }
}
