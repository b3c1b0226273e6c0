// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.Registration;
import io.peerwerk.gossip.Membership;
import io.peerwerk.gossip.Role;
import io.peerwerk.nat.Reach;
import io.peerwerk.nat.Reachability;
import io.peerwerk.nat.ReachabilityMonitor;
import io.peerwerk.node.internal.Fakes;

class RelayFeedTest {

    private final List<Consumer<Reachability>> listeners = new ArrayList<>();
    private final List<Boolean> told = new ArrayList<>();

    private static Reachability reached(Reach reach) {
        return new Reachability(reach, Map.of(), List.of(), List.of());
    }

    private final RelayFeed feed = new RelayFeed(Fakes.of(ReachabilityMonitor.class, new Object() {
        public Reachability status() {
            return Reachability.UNKNOWN;
        }

        public Registration listen(Consumer<Reachability> listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }
    }), Fakes.of(Membership.class, new Object() {
        public void advertise(Role role, boolean does) {
            assertEquals(Role.RELAY, role);
            told.add(does);
        }
    }));

    @Test
    void aPeerThatEverybodyReachesIsARelay() {
        listeners.getFirst().accept(reached(Reach.PUBLIC));
        listeners.getFirst().accept(reached(Reach.PRIVATE));
        assertEquals(List.of(false, true, false), told);
    }

    @Test
    void itIsNoneAnyMoreWhenNobodyFindsOut() {
        listeners.getFirst().accept(reached(Reach.PUBLIC));
        feed.close();
        assertEquals(List.of(false, true, false), told);
        assertEquals(List.of(), listeners);
    }
}
