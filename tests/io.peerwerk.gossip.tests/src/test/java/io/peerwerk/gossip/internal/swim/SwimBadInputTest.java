// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
        List<Long> crowd = List.of(1L, 2L, 3L, 4L); // as if many had found it out by themselves
        for (int second = 0; second < 60; second++) {
            for (int to : swim.up()) {
                swim.inject(LIAR, to, new SwimMessage.Ping(liar(), swim.up().stream().map(about -> new Rumour(
                        Peers.id(about), accusation, swim.swim(about).self().incarnation(), null, crowd)).toList()));
            }
            swim.network.run(Duration.ofSeconds(1));
        }
        boolean suspected = swim.told.stream().anyMatch(t -> t.now().state() == MemberState.SUSPECT
                && !t.now().id().equals(Peers.id(LIAR)));
        assertEquals(accusation != MemberState.LEFT, suspected, "a good-bye without signature is nothing at all");
        swim.network.run(Duration.ofSeconds(10));
        assertTrue(swim.allSeeAllAlive());
        assertNobodyIsHeldForGone();
    }

    @Test
    void aPeerThatAccusesAnotherToThirdPartiesOnlyIsContradictedToo() {
        swim.told.clear();
        for (int second = 0; second < 60; second++) {
            for (int to : List.of(1, 2, 4, 5)) {
                swim.inject(LIAR, to, new SwimMessage.Ping(liar(),
                        List.of(about(3, swim.swim(3).self().incarnation(), MemberState.DEAD))));
            }
            swim.network.run(Duration.ofSeconds(1));
        }
        assertTrue(swim.toldOf(MemberState.SUSPECT) > 0);
        swim.network.run(Duration.ofSeconds(10));
        assertTrue(swim.allSeeAllAlive());
        assertNobodyIsHeldForGone();
    }

    @Test
    void replayedCardsChangeNothing() {
        Rumour old = ownWords(3);
        swim.handle(3, new SwimInput.Announce(List.of(Peers.address(3)), 77, Set.of()));
        swim.network.run(Duration.ofSeconds(5));
        swim.told.clear();
        for (MemberState state : MemberState.values()) {
            tellAll(new Rumour(old.id(), state, old.incarnation(), old.card(), List.of()));
        }
        swim.network.run(Duration.ofSeconds(20));
        assertTrue(swim.told.stream().noneMatch(t -> t.now().id().equals(Peers.id(3))));
        assertEquals(77, swim.swim(8).find(Peers.id(3)).orElseThrow().offer());
        assertEquals(0, swim.refusals());
    }

    @Test
    void anOldCardUnderANewNumberIsRefusedAndChangesNothing() {
        SealedCard old = ownWords(3).card();
        swim.handle(3, new SwimInput.Announce(List.of(Peers.address(3)), 77, Set.of()));
        swim.network.run(Duration.ofSeconds(5));
        swim.told.clear();
        tellAll(new Rumour(Peers.id(3), MemberState.ALIVE, swim.swim(3).self().incarnation() + 1, old, List.of()));
        swim.network.run(Duration.ofSeconds(20));
        assertTrue(swim.told.stream().noneMatch(t -> t.now().id().equals(Peers.id(3))));
        assertEquals(16, swim.refusals());
    }

    @Test
    void aReplayedLifeOfADeadPeerDoesNotReviveIt() {
        Rumour alive = ownWords(3);
        swim.crash(3);
        swim.network.runUntil(() -> swim.allBelieve(3, MemberState.DEAD), Duration.ofSeconds(60));
        tellAll(alive);
        swim.network.run(Duration.ofSeconds(30));
        assertTrue(swim.allBelieve(3, MemberState.DEAD));
    }

    @Test
    void aReplayedGoodByeOfAnEarlierLifeDoesNotEndThisOne() {
        var goodBye = Rumour.full(Card.seal(Peers.identity(3),
                new Card.Content(swim.swim(3).self().incarnation(), List.of(), 0, true)), MemberState.LEFT);
        swim.told.clear();
        for (int second = 0; second < 20; second++) {
            tellAll(goodBye);
            swim.network.run(Duration.ofSeconds(1));
        }
        assertTrue(swim.allSeeAllAlive());
        assertNobodyIsHeldForGone();
    }

    @ParameterizedTest
    @ValueSource(longs = {Card.MAX_INCARNATION, 1L << 40, 10_000_000_000L})
    void anIncarnationFromTheFutureWithoutItsOwnersSignatureIsNotBelieved(long incarnation) {
        long before = swim.swim(3).self().incarnation();
        SealedCard forged = card(LIAR, incarnation).sealed();
        for (MemberState state : MemberState.values()) {
            tellAll(about(3, incarnation, state));
            tellAll(new Rumour(Peers.id(3), state, incarnation, forged, List.of()));
        }
        swim.network.run(Duration.ofSeconds(20));
        assertTrue(swim.allSeeAllAlive());
        assertEquals(before, swim.swim(3).self().incarnation());
        assertEquals(before, swim.swim(5).find(Peers.id(3)).orElseThrow().incarnation());
        assertEquals(16 * 4, swim.refusals());
    }

    @Test
    void aPeerWhoseClockWasWrongInAnEarlierLifeTopsWhatItSignedThen() {
        long future = swim.network.clock().instant().getEpochSecond() + 1_000_000_000L;
        Card early = Card.seal(Peers.identity(3), new Card.Content(future, List.of(Peers.address(666)), 5, false));
        tellAll(Rumour.full(early, MemberState.ALIVE));
        swim.network.run(Duration.ofSeconds(20));
        assertTrue(swim.allSeeAllAlive());
        assertEquals(future + 1, swim.swim(3).self().incarnation());
        assertEquals(List.of(Peers.address(3)), swim.swim(5).find(Peers.id(3)).orElseThrow().addresses());
    }

    @Test
    void aForgedCardIsRefusedAndEveryoneKeepsTheRealOne() {
        long incarnation = swim.swim(3).self().incarnation() + 1;
        byte[] bytes = Card.seal(Peers.identity(3), new Card.Content(incarnation, List.of(Peers.address(666)), 5,
                false)).sealed().bytes().clone();
        bytes[bytes.length - 1] ^= 1; // in the signature
        swim.told.clear();
        tellAll(new Rumour(Peers.id(3), MemberState.ALIVE, incarnation, new SealedCard(bytes), List.of()));
        swim.network.run(Duration.ofSeconds(10));
        assertTrue(swim.told.stream().noneMatch(t -> t.now().id().equals(Peers.id(3))));
        assertEquals(16, swim.refusals());
        assertTrue(swim.allSeeAllAlive());
    }

    @Test
    void whatComesBehindALieIsNotLookedAt() {
        Rumour lie = new Rumour(Peers.id(3), MemberState.ALIVE, now + 9, card(LIAR, now + 9).sealed(), List.of());
        swim.inject(LIAR, 2, new SwimMessage.Ping(liar(), List.of(lie, Rumour.full(card(50, now), MemberState.ALIVE))));
        assertTrue(swim.belief(2, 50).isEmpty());
        swim.inject(LIAR, 2, new SwimMessage.Ping(liar(), List.of(Rumour.full(card(50, now), MemberState.ALIVE))));
        assertEquals(MemberState.ALIVE, swim.belief(2, 50).orElseThrow());
    }

    @Test
    void aPeerThatAccusesItselfHarmsOnlyItself() {
        Card left = Card.seal(Peers.identity(LIAR), new Card.Content(now, List.of(), 0, true));
        var message = new SwimMessage.Ping(new Sender(left.id(), now, left, 0),
                List.of(Rumour.full(left, MemberState.DEAD)));
        swim.inject(LIAR, 2, message);
        swim.network.run(Duration.ofSeconds(5));
        assertTrue(swim.allSeeAllAlive());
        assertTrue(swim.belief(2, LIAR).isEmpty());
    }

    @Test
    void inventedPeersAreBoundedAndForgottenAndRealOnesFindTheirPlace() {
        var bomb = SwimNetworkTest.settled(8, 8);
        int invented = 1000;
        for (int i = 0; i < 64; i++) {
            List<Rumour> crowd = new ArrayList<>();
            for (int j = 0; j < SwimOptions.MAX_RUMOURS; j++) {
                crowd.add(Rumour.full(card(invented++, now), MemberState.ALIVE));
            }
            bomb.inject(LIAR, i % 8, new SwimMessage.Fetch(liar(), List.of(), crowd));
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
        var options = new SwimOptions(1000, 400, 3, 3, 4, 3, 200, 2, 30_000, 10_000, 600_000, 10);
        var one = new Swim(Peers.identity(0), List.of(), options, swim.network.clock(), swim.network.random());
        one.handle(new SwimInput.Tick());
        List<Rumour> crowd = IntStream.range(100, 150)
                .mapToObj(i -> Rumour.full(card(i, 1), MemberState.ALIVE)).toList();
        one.handle(new SwimInput.Received(new SwimMessage.Fetch(liar(), List.of(), crowd), 1));
        assertEquals(10, one.members().size());
        for (int i = 1; i <= 5; i++) {
            Card card = card(i, 1);
            var ping = new SwimMessage.Ping(new Sender(card.id(), 1, card, 0), List.of());
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

    @Test
    void aCrowdThatWantsListsGetsThemOneAfterTheOther() {
        var one = swim.swim(2);
        long lists = 0;
        for (int i = 0; i < 10 * SwimOptions.LISTS; i++) {
            var sync = new SwimMessage.Sync(liar(), i, i, List.of());
            for (SwimAction action : one.handle(new SwimInput.Received(sync, 1000 + i))) {
                lists += action instanceof SwimAction.Answer(long ticket, SwimMessage.Answer answer) && !answer.yes()
                        ? 1 : 0;
            }
        }
        assertEquals(SwimOptions.LISTS, lists);
    }

    @Test
    void signaturesAreCheckedOnlySoOftenWhoeverBringsThem() {
        var one = new Swim(Peers.identity(0), List.of(), SwimOptions.every(1000), swim.network.clock(),
                swim.network.random());
        one.handle(new SwimInput.Tick());
        one.handle(new SwimInput.Received(new SwimMessage.Ping(liar(), List.of(Rumour.full(card(50, 1),
                MemberState.ALIVE))), 1));
        for (int i = 2; i < SwimOptions.SIGNATURES + 100; i++) {
            one.handle(new SwimInput.Received(new SwimMessage.Ping(liar(),
                    List.of(Rumour.full(card(50, i), MemberState.ALIVE))), i));
        }
        assertEquals(SwimOptions.SIGNATURES, one.find(Peers.id(50)).orElseThrow().incarnation());
    }

    private void tellAll(Rumour rumour) {
        for (int to : swim.up()) {
            swim.inject(LIAR, to, new SwimMessage.Ping(liar(), List.of(rumour)));
        }
    }

    private void assertNobodyIsHeldForGone() {
        assertEquals(0, swim.told.stream().filter(t -> !t.now().id().equals(Peers.id(LIAR)))
                .filter(t -> !t.now().state().isReachable()).count());
    }

    /** What a peer says about itself now, as anybody can record it and play it again. */
    private Rumour ownWords(int peer) {
        Member self = swim.swim(peer).self();
        return Rumour.full(Card.seal(Peers.identity(peer), new Card.Content(self.incarnation(), self.addresses(),
                self.offer(), false)), MemberState.ALIVE);
    }

    private Sender liar() {
        Card card = card(LIAR, now);
        return new Sender(card.id(), now, card, 0);
    }

    private static Card card(int peer, long incarnation) {
        return SwimCodecTest.card(peer, incarnation);
    }

    private static Rumour about(int peer, long incarnation, MemberState state) {
        return new Rumour(Peers.id(peer), state, incarnation, null, List.of());
    }
}
