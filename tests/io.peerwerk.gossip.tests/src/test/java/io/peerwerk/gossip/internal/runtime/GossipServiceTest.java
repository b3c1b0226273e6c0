// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.runtime;

import static io.peerwerk.gossip.internal.runtime.RunningPeers.PATIENCE;
import static io.peerwerk.gossip.internal.runtime.RunningPeers.awaitAllAlive;
import static io.peerwerk.gossip.internal.runtime.RunningPeers.awaitAllSee;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.Membership;
import io.peerwerk.gossip.internal.cyclon.CyclonCodec;
import io.peerwerk.gossip.internal.runtime.RunningPeers.Peer;
import io.peerwerk.gossip.internal.sampling.CyclonSampler;
import io.peerwerk.gossip.internal.swim.SwimCodec;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Exchange;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;

/** Gossip over real hosts on loopback. */
class GossipServiceTest {

    private final RunningPeers network = new RunningPeers();
    private final Loop loop = new Loop("test");

    @AfterEach
    void closeAll() {
        network.close();
        loop.close();
    }

    @Test
    void fivePeersFindEachOtherThroughOne() {
        List<Peer> peers = network.startAll(5);
        for (Peer peer : peers) {
            assertEquals(4, peer.gossip().reachable().size());
            assertEquals(peer.id(), peer.gossip().self().id());
            assertEquals(peer.host().addresses(), peer.gossip().self().addresses());
            Member first = peers.getLast().gossip().find(peer.id()).orElseThrow();
            assertEquals(peer.host().addresses(), first.addresses());
        }
        await().atMost(PATIENCE).until(() -> peers.stream().allMatch(peer -> peer.gossip().members().stream()
                .allMatch(member -> member.roundTrip() != null)));
    }

    @Test
    void overQuicAQuestionAndItsAnswerTravelAsDatagrams() {
        Peer first = network.startOverQuic();
        Peer second = network.startOverQuic(first.address());
        List<Peer> peers = List.of(first, second);
        awaitAllAlive(peers);
        Connection connection = first.host().connection(second.id()).orElseThrow();
        assertTrue(connection.datagrams().isPresent());
        var postcards = new Postcards(first.host(), loop, "/test/postcards", new Doorkeeper(InstantSource.system(),
                Duration.ofSeconds(1), peer -> true), (from, message, room, answer) -> answer.accept(message));
        var echo = new Postcards(second.host(), loop, "/test/postcards", new Doorkeeper(InstantSource.system(),
                Duration.ofSeconds(1), peer -> true), (from, message, room, answer) ->
                    answer.accept(new byte[] {message[0], (byte) (room / 100)}));
        postcards.attach(connection);
        echo.attach(second.host().connection(first.id()).orElseThrow());
        List<byte[]> answers = new CopyOnWriteArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            loop.run(() -> postcards.ask(second.id(), new byte[] {7}, answers::add));
            return !answers.isEmpty();
        });
        assertEquals(7, answers.getFirst()[0]);
        assertTrue(answers.getFirst()[1] >= 9, "room for a packet's worth");
        var tooLong = new AtomicLong(-1);
        loop.run(() -> tooLong.set(postcards.ask(second.id(), new byte[2000], answers::add)));
        await().atMost(PATIENCE).until(() -> tooLong.get() >= 0);
        assertEquals(0, tooLong.get(), "that is for a stream");
        postcards.close();
        echo.close();
    }

    @Test
    void overQuicADeathIsNoticedAndAPeerThatLeavesHasLeft() {
        List<Peer> peers = new ArrayList<>(List.of(network.startOverQuic()));
        while (peers.size() < 5) {
            peers.add(network.startOverQuic(peers.getFirst().address()));
        }
        awaitAllAlive(peers);
        Peer killed = peers.remove(2);
        killed.host().close();
        awaitAllSee(peers, killed, MemberState.DEAD);
        Peer leaving = peers.remove(2);
        leaving.gossip().close();
        awaitAllSee(peers, leaving, MemberState.LEFT);
        awaitAllAlive(peers);
    }

    @Test
    void peersThatAreConnectedForAnyReasonGetToKnowEachOther() throws IOException {
        Peer one = network.start();
        Peer other = network.start();
        one.host().connect(other.address());
        awaitAllAlive(List.of(one, other));
    }

    @Test
    void aPeerThatDoesNotTakePartIsNoMember() throws IOException {
        SwitchHost stranger = network.host(Identity.generate(new SecureRandom()), HostOptions.local());
        Peer one = network.start();
        Peer other = network.start();
        one.host().connect(RunningPeers.address(stranger));
        one.host().connect(other.address());
        awaitAllAlive(List.of(one, other));
        assertTrue(one.gossip().find(stranger.id()).isEmpty());
    }

    @Test
    void howFreshTheNewsOfAMemberAreIsToldAndEachAnswerMakesThemFresher() {
        List<Peer> peers = network.startAll(2);
        Membership gossip = peers.getFirst().gossip();
        PeerId other = peers.getLast().id();
        Instant first = gossip.heardOf(other).orElseThrow();
        await().atMost(PATIENCE).until(() -> gossip.heardOf(other).orElseThrow().isAfter(first));
        assertTrue(gossip.heardOf(gossip.self().id()).isEmpty());
        assertTrue(gossip.localHealth() >= 0 && gossip.localHealth() <= Membership.WORST_HEALTH);
    }

    @Test
    void onePeerThatIsKilledIsDeadForTheOthers() {
        List<Peer> peers = network.startAll(5);
        Peer killed = peers.get(2);
        List<Peer> others = without(peers, killed);
        killed.host().close();
        awaitAllSee(others, killed, MemberState.DEAD);
        assertTrue(others.stream().allMatch(peer -> peer.gossip().reachable().size() == 3));
        awaitAllAlive(others);
    }

    @Test
    void onePeerThatClosesItsGossipHasLeftAndComesBackWithANewOne() {
        List<Peer> peers = network.startAll(4);
        Peer updated = peers.get(1);
        List<Peer> others = without(peers, updated);
        List<MemberState> seen = new CopyOnWriteArrayList<>();
        others.getLast().gossip().listen((before, now) -> {
            if (now.id().equals(updated.id())) {
                seen.add(now.state());
            }
        });
        updated.gossip().close();
        awaitAllSee(others, updated, MemberState.LEFT);
        assertTrue(!seen.contains(MemberState.DEAD), seen.toString());

        var again = new Peer(updated.host(), network.gossip(updated.host(), peers.getFirst().address()));
        others.add(again);
        awaitAllAlive(others);
    }

    @Test
    void theBootstrapPeerComesBackToo() {
        List<Peer> peers = network.startAll(3);
        Peer first = peers.getFirst();
        List<Peer> others = without(peers, first);
        first.gossip().close();
        awaitAllSee(others, first, MemberState.LEFT);
        others.add(new Peer(first.host(), network.gossip(first.host()))); // nobody to ask, but connections
        awaitAllAlive(others);
    }

    @Test
    void aProcessThatWasKilledComesBackUnderItsNameOnAnotherPort() {
        List<Peer> peers = network.startAll(4);
        Identity identity = Identity.generate(new SecureRandom());
        SwitchHost host = network.host(identity, HostOptions.local());
        var killed = new Peer(host, network.gossip(host, peers.getFirst().address()));
        awaitAllSee(peers, killed, MemberState.ALIVE);
        host.close();
        awaitAllSee(peers, killed, MemberState.DEAD);

        SwitchHost next = network.host(identity, HostOptions.local());
        var again = new Peer(next, network.gossip(next, peers.getFirst().address()));
        List<Peer> all = new ArrayList<>(peers);
        all.add(again);
        awaitAllAlive(all);
        assertEquals(next.addresses(), peers.getLast().gossip().find(next.id()).orElseThrow().addresses());
    }

    @Test
    void aPeerWhoseBootstrapPeerComesLateFindsItThen() throws IOException {
        Identity identity = Identity.generate(new SecureRandom());
        Multiaddr address;
        try (SwitchHost early = network.host(identity, HostOptions.local())) {
            address = RunningPeers.address(early);
        }
        Peer lonely = network.start(address);
        await().during(Duration.ofMillis(500)).atMost(PATIENCE).until(() -> lonely.gossip().members().isEmpty());
        SwitchHost late = network.host(identity, HostOptions.local().listeningOn(List.of(address.withoutPeer())));
        awaitAllAlive(List.of(lonely, new Peer(late, network.gossip(late))));
    }

    @Test
    void peersCanBeJoinedLater() {
        Peer one = network.start();
        Peer other = network.start();
        one.gossip().join(List.of(other.address(), one.address()));
        awaitAllAlive(List.of(one, other));
    }

    @Test
    void anOfferIsKnownToAll() {
        List<Peer> peers = network.startAll(4);
        peers.get(1).gossip().advertise(10_000_000_000L);
        await().atMost(PATIENCE).until(() -> without(peers, peers.get(1)).stream().allMatch(
                peer -> peer.gossip().find(peers.get(1).id()).orElseThrow().offer() == 10_000_000_000L));
        assertThrows(IllegalArgumentException.class, () -> peers.getFirst().gossip().advertise(-1));
    }

    @Test
    void neighboursAreSampledWithoutRepetition() {
        List<Peer> peers = network.startAll(5);
        Peer peer = peers.getFirst();
        await().atMost(PATIENCE).until(() -> peer.gossip().view().size() >= 3);
        List<PeerId> sample = peer.gossip().sample(3);
        assertEquals(3, new HashSet<>(sample).size());
        assertTrue(!sample.contains(peer.id()));
        assertEquals(0, peer.gossip().sample(0).size());
        assertTrue(peer.gossip().sample(100).size() <= 4);
        assertThrows(IllegalArgumentException.class, () -> peer.gossip().sample(-1));
    }

    @Test
    void aListenerThatFailsDisturbsNobody() {
        Peer first = network.start();
        List<Member> heard = new CopyOnWriteArrayList<>();
        first.gossip().listen((before, now) -> {
            throw new IllegalStateException("a listener that fails, on purpose");
        });
        Registration registration = first.gossip().listen((before, now) -> heard.add(now));
        Peer second = network.start(first.address());
        await().atMost(PATIENCE).until(() -> heard.stream().anyMatch(member -> member.id().equals(second.id())));
        registration.close();
        registration.close();
        awaitAllAlive(List.of(first, second));
    }

    @Test
    void garbageCostsTheStreamAndNothingElse() {
        List<Peer> peers = network.startAll(3);
        Peer stranger = new Peer(network.host(Identity.generate(new SecureRandom()), HostOptions.local()), null);
        Peer target = peers.getFirst();
        stranger.host().remember(target.id(), target.host().addresses());
        for (Exchange.Protocol protocol : List.of(SwimDriver.protocol(Duration.ofSeconds(5)),
                new Exchange.Protocol(CyclonSampler.FORMAT.name(), CyclonCodec.MAX_MESSAGE, CyclonCodec.MAX_MESSAGE,
                        Duration.ofSeconds(5)))) {
            for (byte[] garbage : List.of(new byte[0], new byte[] {-1, -1, -1}, new byte[1000])) {
                if (garbage.length > 0 || protocol.name().equals(SwimDriver.NAME)) { // an empty shuffle is a shuffle
                    assertThrows(IOException.class,
                            () -> Exchange.ask(stranger.host(), target.id(), protocol, garbage));
                }
            }
        }
        awaitAllAlive(peers);
        assertEquals(2, target.gossip().members().size());
    }

    @Test
    void anOversizeMessageIsRefusedByItsLengthAlone() {
        List<Peer> peers = network.startAll(2);
        var stranger = network.host(Identity.generate(new SecureRandom()), HostOptions.local());
        Peer target = peers.getFirst();
        stranger.remember(target.id(), target.host().addresses());
        int tooLong = SwimCodec.MAX_MESSAGE + 1;
        var generous = new Exchange.Protocol(SwimDriver.NAME, tooLong, tooLong, Duration.ofSeconds(5));
        assertThrows(IOException.class, () -> Exchange.ask(stranger, target.id(), generous, new byte[tooLong]));
        awaitAllAlive(peers);
    }

    @Test
    void aFloodOfMessagesIsTurnedAwayAndTheOthersAreServed() {
        List<Peer> peers = network.startAll(3);
        Peer target = peers.getFirst();
        var flooder = network.host(Identity.generate(new SecureRandom()), HostOptions.local());
        flooder.remember(target.id(), target.host().addresses());
        Exchange.Protocol protocol = SwimDriver.protocol(Duration.ofSeconds(5));
        byte[] ping = {0x08, 0x01, 0x10, 0x01};
        int refused = 0;
        for (int i = 0; i < 3 * Doorkeeper.BURST; i++) {
            try {
                Exchange.ask(flooder, target.id(), protocol, ping);
            } catch (IOException e) {
                refused++;
            }
        }
        assertTrue(refused > 0, "everything was taken");
        awaitAllAlive(peers);
    }

    private static List<Peer> without(List<Peer> peers, Peer one) {
        List<Peer> others = new ArrayList<>(peers);
        others.remove(one);
        return others;
    }
}
