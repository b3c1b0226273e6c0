// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.virtual.Peers;
import io.peerwerk.gossip.virtual.VirtualSwim;

/** Peers that lie. What the honest ones still get stands in each name. */
class SwimBadInputTest {

    private static final int LIAR = 99;

    private final VirtualSwim swim = SwimNetworkTest.settled(7, 16);
    private final long now = swim.network.clock().instant().getEpochSecond();

    @ParameterizedTest
    @EnumSource(value = MemberState.class, names = {"SUSPECT", "DEAD", "LEFT"})
    void aPeerThatAccusesEveryoneIsContradicted(MemberState accusation) {
        swim.told.clear();
        for (int second = 0; second < 60; second++) {
            for (int to : swim.up()) {
                swim.inject(LIAR, to, new SwimMessage.Sync(liar(), swim.up().stream().map(about -> {
                    Member member = swim.swim(about).self();
                    return new Rumour(new Card(member.id(), member.incarnation(), List.of(), 0), accusation);
                }).toList()));
            }
            swim.network.run(Duration.ofSeconds(1));
        }
        assertTrue(swim.toldOf(MemberState.SUSPECT) > 0);
        swim.network.run(Duration.ofSeconds(10));
        assertTrue(swim.allSeeAllAlive());
        assertEquals(0, swim.told.stream().filter(t -> !t.now().id().equals(Peers.id(LIAR)))
                .filter(t -> !t.now().state().isReachable()).count());
    }

    @Test
    void replayedRumoursChangeNothing() {
        long old = swim.swim(3).self().incarnation();
        swim.handle(3, new SwimInput.Announce(List.of(Peers.address(3)), 77));
        swim.network.run(Duration.ofSeconds(5));
        swim.told.clear();
        for (MemberState state : MemberState.values()) {
            tellAll(new Rumour(new Card(Peers.id(3), old, List.of(Peers.address(666)), 5), state));
        }
        swim.network.run(Duration.ofSeconds(20));
        assertTrue(swim.told.stream().noneMatch(t -> t.now().id().equals(Peers.id(3))));
        assertEquals(77, swim.swim(8).find(Peers.id(3)).orElseThrow().offer());
    }

    @Test
    void aReplayedLifeOfADeadPeerDoesNotReviveIt() {
        Rumour alive = about(3, swim.swim(3).self().incarnation(), MemberState.ALIVE);
        swim.crash(3);
        swim.network.runUntil(() -> swim.allBelieve(3, MemberState.DEAD), Duration.ofSeconds(60));
        tellAll(alive);
        swim.network.run(Duration.ofSeconds(30));
        assertTrue(swim.allBelieve(3, MemberState.DEAD));
    }

    @ParameterizedTest
    @ValueSource(longs = {Card.MAX_INCARNATION, Card.MAX_INCARNATION - 1, 1L << 40})
    void anIncarnationFromTheFarFutureIsNotBelieved(long incarnation) {
        long before = swim.swim(3).self().incarnation();
        for (MemberState state : MemberState.values()) {
            tellAll(new Rumour(new Card(Peers.id(3), incarnation, List.of(Peers.address(666)), 5), state));
        }
        swim.network.run(Duration.ofSeconds(20));
        assertTrue(swim.allSeeAllAlive());
        assertEquals(before, swim.swim(3).self().incarnation());
        assertEquals(before, swim.swim(5).find(Peers.id(3)).orElseThrow().incarnation());
    }

    @ParameterizedTest
    @EnumSource(MemberState.class)
    void anIncarnationFromTheNearFutureIsTopped(MemberState state) {
        for (int i = 0; i < 3; i++) { // at the very edge of what is believed, again and again
            long edge = swim.network.clock().instant().getEpochSecond() + Roster.FUTURE_SECONDS;
            tellAll(new Rumour(new Card(Peers.id(3), edge, List.of(Peers.address(666)), 5), state));
            swim.network.run(Duration.ofSeconds(3));
        }
        swim.network.run(Duration.ofSeconds(20));
        assertTrue(swim.allSeeAllAlive());
        assertEquals(List.of(Peers.address(3)), swim.swim(5).find(Peers.id(3)).orElseThrow().addresses());
        assertTrue(swim.swim(3).self().incarnation() > now + Roster.FUTURE_SECONDS);
        assertEquals(0, swim.told.stream().filter(t -> t.now().state() == MemberState.DEAD)
                .filter(t -> !t.now().id().equals(Peers.id(LIAR))).count());
    }

    @Test
    void aForgedCardIsPutRightByItsOwner() {
        long incarnation = swim.swim(3).self().incarnation() + 1;
        var forged = new Card(Peers.id(3), incarnation, List.of(Peers.address(666)), 1L << 60);
        tellAll(new Rumour(forged, MemberState.ALIVE));
        swim.network.run(Duration.ofSeconds(10));
        for (int of : swim.up()) {
            if (of != 3) {
                Member member = swim.swim(of).find(Peers.id(3)).orElseThrow();
                assertEquals(List.of(Peers.address(3)), member.addresses());
                assertEquals(0, member.offer());
            }
        }
    }

    @Test
    void aPeerThatAccusesItselfHarmsOnlyItself() {
        var leaving = new Rumour(new Card(Peers.id(LIAR), now, List.of(), 0), MemberState.LEFT);
        var message = new SwimMessage.Ping(leaving, List.of(new Rumour(leaving.card(), MemberState.DEAD)));
        swim.inject(LIAR, 2, message);
        swim.network.run(Duration.ofSeconds(5));
        assertTrue(swim.allSeeAllAlive());
        assertTrue(swim.belief(2, LIAR).isEmpty());
    }

    @Test
    void inventedPeersAreBoundedAndForgottenAndRealOnesFindTheirPlace() {
        var bomb = SwimNetworkTest.settled(8, 8);
        int invented = 1000;
        for (int i = 0; i < 400; i++) {
            List<Rumour> crowd = new ArrayList<>();
            for (int j = 0; j < SwimOptions.MAX_RUMOURS; j++) {
                crowd.add(about(invented++, now, MemberState.ALIVE));
            }
            bomb.inject(LIAR, i % 8, new SwimMessage.Sync(liar(), crowd));
        }
        for (int of : bomb.up()) {
            int members = bomb.swim(of).members().size();
            assertTrue(members <= SwimOptions.NEWCOMERS + 100, members + " members");
        }
        bomb.start(20, 0);
        bomb.network.runUntil(() -> bomb.allBelieve(20, MemberState.ALIVE), Duration.ofSeconds(60));
        assertTrue(bomb.allBelieve(20, MemberState.ALIVE));
        bomb.crash(4);
        Duration took = bomb.network.runUntil(() -> bomb.allBelieve(4, MemberState.DEAD), Duration.ofSeconds(90));
        System.out.println("8 peers among hundreds that were made up: silent death known to all after " + took);
        assertTrue(bomb.allBelieve(4, MemberState.DEAD));
    }

    @Test
    void aFullTableHasRoomForThoseWhoComeThemselves() {
        var options = new SwimOptions(1000, 400, 3, 3, 3, 200, 2, 30_000, 10_000, 600_000, 10);
        var one = new Swim(Peers.contact(0), options, swim.network.clock(), swim.network.random());
        one.handle(new SwimInput.Tick());
        List<Rumour> crowd = IntStream.range(100, 150)
                .mapToObj(i -> about(i, 1, MemberState.ALIVE)).toList();
        one.handle(new SwimInput.Received(new SwimMessage.Sync(liar(), crowd), 1));
        assertEquals(10, one.members().size());
        for (int i = 1; i <= 5; i++) {
            var ping = new SwimMessage.Ping(about(i, 1, MemberState.ALIVE), List.of());
            one.handle(new SwimInput.Received(ping, i));
            assertTrue(one.find(Peers.id(i)).isPresent());
        }
        assertEquals(10, one.members().size());
    }

    @Test
    void whoAsksForTooManyProbesGetsNoForAnAnswer() {
        var one = swim.swim(2);
        long asks = 0;
        for (int i = 0; i < 10 * SwimOptions.MAX_RELAYS; i++) {
            var request = new SwimMessage.PingOther(liar(), Peers.id(3 + i % 13), List.of());
            var actions = one.handle(new SwimInput.Received(request, 1000 + i));
            asks += actions.stream().filter(SwimAction.Ask.class::isInstance).count();
        }
        assertTrue(asks <= SwimOptions.MAX_RELAYS, asks + " probes");
    }

    private void tellAll(Rumour rumour) {
        for (int to : swim.up()) {
            swim.inject(LIAR, to, new SwimMessage.Ping(liar(), List.of(rumour)));
        }
    }

    private Rumour liar() {
        return about(LIAR, now, MemberState.ALIVE);
    }

    private static Rumour about(int peer, long incarnation, MemberState state) {
        return new Rumour(new Card(Peers.id(peer), incarnation, List.of(), 0), state);
    }
}
