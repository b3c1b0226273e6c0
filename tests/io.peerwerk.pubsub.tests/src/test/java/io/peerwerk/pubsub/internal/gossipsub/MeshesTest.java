// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.pubsub.internal.Peers;
import io.peerwerk.pubsub.internal.wire.Rpc;
import io.peerwerk.pubsub.internal.wire.Rpc.Control;
import io.peerwerk.pubsub.internal.wire.Rpc.Exchanged;
import io.peerwerk.pubsub.internal.wire.Rpc.Prune;
import io.peerwerk.pubsub.internal.wire.Sealed;

class MeshesTest {

    private static final long HOUR = 3_600;

    private final LoneRouter lone = new LoneRouter().subscribed();

    @Test
    void aNewcomerIsToldOfAllSubscriptions() {
        PeerId peer = lone.join(false, Version.V1_1);
        assertTrue(lone.sent().allMatch(send -> send.to().equals(peer)
                && send.rpc().subscriptions().equals(List.of(new Rpc.Subscription(LoneRouter.TOPIC, true)))));
        assertEquals(1, lone.sent().count());
    }

    @Test
    void aPeerThatWasForgottenIsGreetedAndGraftedAgain() {
        PeerId peer = lone.subscriber(false);
        lone.graft(peer);
        lone.handle(new GossipsubInput.Reopened(peer));
        assertEquals(1, lone.sent().filter(send -> !send.rpc().subscriptions().isEmpty()).count());
        assertEquals(List.of(LoneRouter.TOPIC), lone.grafts(peer));
    }

    @Test
    void whoSubscribesGraftsAsManyAsItAimsAt() {
        var late = new LoneRouter();
        List<PeerId> peers = late.subscribers(10);
        late.subscribed();
        assertEquals(6, late.mesh().size());
        assertEquals(6, peers.stream().filter(peer -> !late.grafts(peer).isEmpty()).count());
    }

    @Test
    void aMeshBelowItsLeastIsFilledUpAtTheHeartbeat() {
        List<PeerId> peers = lone.subscribers(20);
        peers.subList(0, 4).forEach(lone::graft);
        lone.beat(1);
        assertEquals(6, lone.mesh().size());
    }

    @Test
    void aMeshOfTheLeastSizeIsLeftAlone() {
        List<PeerId> peers = lone.subscribers(20);
        peers.subList(0, 5).forEach(lone::graft);
        lone.beat(1);
        assertEquals(5, lone.mesh().size());
    }

    @Test
    void aMeshAboveItsMostIsCutBackAndKeepsThoseThatThisPeerChose() {
        List<PeerId> chosen = List.of(lone.subscriber(true), lone.subscriber(true), lone.subscriber(true));
        List<PeerId> others = lone.subscribers(12);
        others.forEach(lone::graft);
        chosen.forEach(lone::graft); // an outbound peer gets in where an inbound one would not
        assertEquals(15, lone.mesh().size());
        lone.beat(1);
        assertEquals(6, lone.mesh().size());
        assertTrue(lone.mesh().stream().filter(chosen::contains).count() >= 2, "too few chosen by this peer");
        long told = others.stream().filter(peer -> !lone.prunes(peer).isEmpty()).count()
                + chosen.stream().filter(peer -> !lone.prunes(peer).isEmpty()).count();
        assertEquals(9, told);
    }

    @Test
    void aFullMeshRefusesPeersThatThisOneHasNotChosen() {
        lone.subscribers(12).forEach(lone::graft);
        PeerId late = lone.subscriber(false);
        lone.graft(late);
        assertEquals(60, lone.prunes(late).getFirst().backoffSeconds());
        assertFalse(lone.mesh().contains(late));
    }

    @Test
    void outboundPeersAreTakenInWhereThereAreTooFew() {
        lone.subscribers(6).forEach(lone::graft);
        PeerId chosen = lone.subscriber(true);
        lone.beat(1);
        assertEquals(List.of(LoneRouter.TOPIC), lone.grafts(chosen));
    }

    @Test
    void whoGraftsATopicThatNobodyHereHearsGetsNoAnswer() {
        PeerId peer = lone.subscriber(false);
        lone.receive(peer, Rpc.of(new Control(List.of(), List.of(), List.of("other"), List.of(), List.of())));
        assertTrue(lone.actions.isEmpty());
    }

    @Test
    void whoIsNotSubscribedIsNoPartner() {
        PeerId peer = lone.join(false, Version.V1_2);
        lone.graft(peer);
        assertFalse(lone.mesh().contains(peer));
        assertEquals(1, lone.prunes(peer).size());
    }

    @Test
    void whoLeavesTheTopicLeavesTheMesh() {
        PeerId peer = lone.subscriber(false);
        lone.graft(peer);
        lone.say(peer, false, LoneRouter.TOPIC);
        assertTrue(lone.mesh().isEmpty());
        assertTrue(lone.router.peers(LoneRouter.TOPIC).isEmpty());
    }

    @Test
    void leavingATopicTellsPartnersAndEverybody() {
        PeerId partner = lone.subscriber(false);
        PeerId other = lone.subscriber(false);
        lone.graft(partner);
        lone.handle(new GossipsubInput.Unsubscribe(LoneRouter.TOPIC));
        assertEquals(10, lone.prunes(partner).getFirst().backoffSeconds());
        assertTrue(lone.prunes(other).isEmpty());
        assertEquals(2, lone.sent().filter(s -> s.rpc().subscriptions()
                .equals(List.of(new Rpc.Subscription(LoneRouter.TOPIC, false)))).count());
    }

    // ---- back-off

    @Test
    void whoPrunesIsNotGraftedBeforeItsBackOffHasPassedAndOneHeartbeatMore() {
        PeerId peer = lone.subscriber(false);
        lone.prune(peer, 30);
        lone.beat(30);
        assertTrue(lone.grafts(peer).isEmpty());
        lone.beat(2);
        assertEquals(List.of(LoneRouter.TOPIC), lone.grafts(peer));
    }

    @Test
    void withoutABackOffAMinuteHolds() {
        PeerId peer = lone.subscriber(false);
        lone.prune(peer, 0);
        lone.beat(60);
        assertTrue(lone.grafts(peer).isEmpty());
        lone.beat(2);
        assertFalse(lone.grafts(peer).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(longs = {HOUR + 1, Integer.MAX_VALUE, Long.MAX_VALUE / 1_000 + 1, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void noBackOffIsLongerThanAnHourWhateverIsWished(long seconds) {
        PeerId peer = lone.subscriber(false);
        lone.prune(peer, seconds);
        lone.beat((int) HOUR);
        assertTrue(lone.grafts(peer).isEmpty(), "an hour is kept to");
        lone.beat(2);
        assertEquals(List.of(LoneRouter.TOPIC), lone.grafts(peer));
    }

    @Test
    void aShorterWishDoesNotEndALongerBackOff() {
        PeerId peer = lone.subscriber(false);
        lone.prune(peer, 300);
        lone.prune(peer, 1);
        lone.beat(299);
        assertTrue(lone.grafts(peer).isEmpty());
    }

    @Test
    void whoGraftsDuringABackOffIsRefusedAndWhoFloodsIsNoLongerHeard() {
        PeerId peer = lone.subscriber(false);
        lone.graft(peer);
        lone.prune(peer, 60);
        for (int i = 0; i < 20; i++) {
            lone.graft(peer);
            assertFalse(lone.mesh().contains(peer));
        }
        assertTrue(lone.score(peer) < ScoreOptions.standard().thresholds().graylist(), "score " + lone.score(peer));
        lone.graft(peer);
        assertTrue(lone.actions.isEmpty(), "it still gets answers");
    }

    @Test
    void oneRecordThatGraftsOverAndOverGetsOneAnswer() {
        PeerId peer = lone.subscriber(false);
        lone.prune(peer, 60);
        lone.receive(peer, Rpc.of(new Control(List.of(), List.of(), Collections.nCopies(5_000, LoneRouter.TOPIC),
                List.of(), List.of())));
        assertEquals(1, lone.prunes(peer).size());
    }

    @Test
    void aBackOffOutlivesTheConnection() {
        PeerId peer = lone.subscriber(false);
        lone.prune(peer, 60);
        lone.handle(new GossipsubInput.Left(peer));
        lone.handle(new GossipsubInput.Joined(peer, Version.V1_2, false, null));
        lone.say(peer, true, LoneRouter.TOPIC);
        lone.beat(30);
        assertTrue(lone.grafts(peer).isEmpty());
    }

    @Test
    void backOffsAreForgottenOnceTheyHavePassedAndThereIsAMostOfThem() {
        int most = GossipsubOptions.standard().limits().backoffs();
        for (int i = 0; i < most + 10; i++) {
            PeerId peer = lone.subscriber(false);
            lone.prune(peer, 1);
            lone.handle(new GossipsubInput.Left(peer));
        }
        assertEquals(most, lone.router.holdings().backoffs());
        lone.beat(30);
        assertEquals(0, lone.router.holdings().backoffs());
    }

    // ---- exchange

    @Test
    void peersThatAreNamedAreMetOnlyIfTheScoreIsHighEnough() {
        PeerId peer = lone.subscriber(false);
        PeerId named = Peers.id();
        var prune = Rpc.of(new Control(List.of(), List.of(), List.of(),
                List.of(new Prune(LoneRouter.TOPIC, List.of(new Exchanged(named, Sealed.NOTHING)), 60)), List.of()));
        lone.receive(peer, prune);
        assertTrue(lone.actions.isEmpty());
        lone.handle(new GossipsubInput.Rated(peer, 10));
        lone.receive(peer, prune);
        assertEquals(List.of(new GossipsubAction.Connect(named, Sealed.NOTHING)), lone.actions);
    }

    @Test
    void whoFindsNoPlaceIsToldOfOthersIfThatIsOn() {
        var generous = new LoneRouter(GossipsubOptions.standard().withPeerExchange(true)).subscribed();
        List<PeerId> partners = generous.subscribers(12);
        partners.forEach(generous::graft);
        PeerId late = generous.subscriber(false);
        generous.graft(late);
        List<Exchanged> named = generous.prunes(late).getFirst().peers();
        assertEquals(12, named.size());
        assertTrue(named.stream().map(Exchanged::peer).allMatch(partners::contains));
    }

    // ---- many

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void theMeshesOfManyPeersConvergeToTheirDegreesAndAreMutual(long seed) {
        var network = new VirtualNetwork(seed);
        var peers = network.honest(200, GossipsubOptions.standard());
        network.connectEach(peers, peers, 10);
        network.run(30_000);
        Set<String> wrong = new TreeSet<>();
        for (var peer : peers) {
            List<PeerId> mesh = peer.mesh();
            if (mesh.size() < 5 || mesh.size() > 12) {
                wrong.add("a mesh of " + mesh.size());
            }
            peers.stream().filter(other -> mesh.contains(other.id()) && !other.mesh().contains(peer.id()))
                    .forEach(other -> wrong.add("one-sided"));
        }
        assertEquals(Set.of(), wrong, "seed " + seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void peersOfAllVersionsHearEachOther(long seed) {
        var network = new VirtualNetwork(seed);
        var peers = new ArrayList<>(network.honest(20, GossipsubOptions.standard(), Version.V1_0));
        peers.addAll(network.honest(20, GossipsubOptions.standard(), Version.V1_1));
        peers.addAll(network.honest(20, GossipsubOptions.standard(), Version.V1_2));
        network.connectEach(peers, peers, 6);
        network.run(5_000);
        peers.get(0).publish("old");
        peers.get(59).publish("x".repeat(5_000));
        network.run(5_000);
        assertEquals(Set.of(), VirtualNetwork.failures(peers, List.of("old", "x".repeat(5_000))), "seed " + seed);
    }
}
