// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

import static io.peerwerk.fixtures.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.fixtures.RawPeer;
import io.peerwerk.transport.DialException;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.internal.multistream.Line;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A peer misbehaves towards a relay, or as one: it gets no more than its share, and two others go on meeting through
 * the relay that both use.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileRelayPeerTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final RelayPeer relay = RelayPeer.relaying(RelayOptions.standard().atMost(4, 64, 16));
    private final RelayPeer alice = RelayPeer.hidden();
    private final RelayPeer bob = RelayPeer.open();
    private int stream = -1;

    @BeforeEach
    void bobIsReachedThroughTheRelay() throws IOException {
        bob.host().listenOn(relay.way());
    }

    @AfterEach
    void aliceMeetsBobAndNothingIsLeft() throws IOException {
        try (relay; alice; bob) {
            alice.host().connect(relay.to(bob));
            assertTrue(alice.host().ping(bob.host().id()).compareTo(Duration.ZERO) > 0);
            assertEquals(List.of(relay.way()), ways(bob));
            await().until(() -> relay.server().circuits() == 1);
            for (SwitchHost host : List.of(relay.host(), bob.host())) {
                await().until(() -> host.usage().streams() < 16);
                assertTrue(host.usage().memory() < 4 << 20, () -> host.usage().toString());
            }
        }
    }

    private RawPeer towards(RelayPeer peer) throws IOException {
        Multiaddr direct = peer.host().addresses().stream().filter(a -> !a.has(Protocol.P2P_CIRCUIT)).findFirst()
                .orElseThrow();
        return new RawPeer(direct).secured();
    }

    /** The addresses through relays that a peer tells others. */
    private static List<Multiaddr> ways(RelayPeer peer) {
        return peer.host().addresses().stream().filter(a -> a.has(Protocol.P2P_CIRCUIT)).toList();
    }

    private static byte[] framed(byte[] message) {
        var out = new ByteArrayOutputStream();
        try {
            Frames.write(out, message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Opens a stream, says something on it, and gives what comes back after the negotiation. */
    private InputStream ask(RawPeer peer, String protocol, byte[] message) throws IOException {
        stream += 2;
        peer.open(stream, protocol, framed(message));
        InputStream in = peer.data(stream);
        assertEquals(Line.HEADER, Line.read(in));
        assertEquals(protocol, Line.read(in));
        return in;
    }

    private RelayStatus hop(RawPeer peer, HopMessage message) throws IOException {
        byte[] answer = Frames.read(ask(peer, HopMessage.PROTOCOL, message.toBytes()), HopMessage.MAX_LENGTH);
        return ((HopMessage.Answer) HopMessage.parse(answer)).status();
    }

    private RelayStatus stop(RawPeer peer, PeerId from) throws IOException {
        byte[] question = new StopMessage.Connect(from, Optional.empty()).toBytes();
        byte[] answer = Frames.read(ask(peer, StopMessage.PROTOCOL, question), StopMessage.MAX_LENGTH);
        return ((StopMessage.Answer) StopMessage.parse(answer)).status();
    }

    private static PeerId somebody() {
        return Identity.generate(RANDOM).id();
    }

    // ---- towards a relay

    @Test
    void aFloodOfReservationsByOnePeer() throws IOException {
        try (RawPeer peer = towards(relay)) {
            var said = new EnumMap<RelayStatus, Integer>(RelayStatus.class);
            for (int i = 0; i < 500; i++) {
                said.merge(hop(peer, new HopMessage.Reserve()), 1, Integer::sum);
            }
            assertTrue(said.get(RelayStatus.OK) < 250, said::toString);
            assertEquals(500 - said.get(RelayStatus.OK), said.get(RelayStatus.RESERVATION_REFUSED));
            assertEquals(2, relay.server().reservations());
        }
        await().until(() -> relay.server().reservations() == 1);
    }

    @Test
    void aFloodOfReservationsByManyPeersOfOneMachine() throws IOException {
        var peers = new ArrayList<RawPeer>();
        try {
            for (int i = 0; i < 3; i++) {
                peers.add(towards(relay));
                assertEquals(RelayStatus.OK, hop(peers.getLast(), new HopMessage.Reserve()));
            }
            for (int i = 0; i < 5; i++) {
                peers.add(towards(relay));
                assertEquals(RelayStatus.RESERVATION_REFUSED, hop(peers.getLast(), new HopMessage.Reserve()));
            }
            peers.removeFirst().close();
            await().until(() -> relay.server().reservations() == 3);
            assertEquals(RelayStatus.OK, hop(peers.getLast(), new HopMessage.Reserve()));
        } finally {
            peers.forEach(RawPeer::close);
        }
        await().until(() -> relay.server().reservations() == 1);
    }

    @Test
    void aFloodOfCircuitsToOnePeer() throws IOException {
        try (RawPeer peer = towards(relay)) {
            Map<RelayStatus, Integer> said = new EnumMap<>(RelayStatus.class);
            for (int i = 0; i < 50; i++) {
                said.merge(hop(peer, new HopMessage.Connect(bob.host().id())), 1, Integer::sum);
            }
            assertEquals(Map.of(RelayStatus.OK, 4, RelayStatus.RESOURCE_LIMIT_EXCEEDED, 46), said);
            assertTrue(alice.host().connect(relay.to(bob)).relayed(), "others reach it meanwhile");
        }
    }

    @Test
    void questionsWithoutAnEnd() throws IOException {
        try (RawPeer peer = towards(relay)) {
            for (int i = 0; i < 600; i++) {
                stream += 2;
                peer.open(stream, HopMessage.PROTOCOL, new byte[] {(byte) 0xff, 0x3f, 1});
            }
            assertTrue(peer.isReset(stream));
            assertTrue(relay.host().usage().streams() < 600, () -> relay.host().usage().toString());
        }
    }

    @Test
    void questionsThatAreNone() throws IOException {
        try (RawPeer peer = towards(relay)) {
            assertEquals(RelayStatus.UNEXPECTED_MESSAGE, hop(peer, HopMessage.Answer.refused(RelayStatus.OK)));
            InputStream in = ask(peer, HopMessage.PROTOCOL, new byte[] {8, 9});
            var answer = (HopMessage.Answer) HopMessage.parse(Frames.read(in, HopMessage.MAX_LENGTH));
            assertEquals(RelayStatus.MALFORMED_MESSAGE, answer.status());
            stream += 2;
            peer.open(stream, HopMessage.PROTOCOL, new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7});
            assertEquals(Line.HEADER, Line.read(peer.data(stream)));
        }
    }

    @Test
    void questionsThatLeadInCircles() throws IOException {
        try (RawPeer peer = towards(relay)) {
            assertEquals(RelayStatus.OK, hop(peer, new HopMessage.Reserve()));
            assertEquals(RelayStatus.PERMISSION_DENIED, hop(peer, new HopMessage.Connect(peer.identity.id())));
            assertEquals(RelayStatus.PERMISSION_DENIED, hop(peer, new HopMessage.Connect(relay.host().id())));
            assertEquals(RelayStatus.NO_RESERVATION, hop(peer, new HopMessage.Connect(alice.host().id())));
        }
    }

    @Test
    void aTargetThatAnswersWithALengthOfTwoGigabytes() throws Exception {
        try (RawPeer peer = towards(relay)) {
            assertEquals(RelayStatus.OK, hop(peer, new HopMessage.Reserve()));
            var dialled = CompletableFuture.supplyAsync(() -> assertThrows(DialException.class,
                    () -> alice.host().connect(relay.way().withPeer(peer.identity.id()))));
            int stop = peer.accept(StopMessage.PROTOCOL);
            byte[] lie = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7};
            peer.sendFrame(RawPeer.DATA, 0, stop, lie.length, lie);
            assertTrue(peer.isReset(stop));
            String why = dialled.get(30, TimeUnit.SECONDS).getMessage();
            assertTrue(why.contains(RelayStatus.CONNECTION_FAILED.words()), why);
            assertEquals(0, relay.server().circuits());
        }
    }

    // ---- as a relay

    @Test
    void aStopByWhoIsNoRelayOfOurs() throws IOException {
        try (RawPeer peer = towards(bob)) {
            assertEquals(RelayStatus.PERMISSION_DENIED, stop(peer, somebody()));
            assertEquals(Optional.empty(), bob.host().connection(somebody()));
        }
    }

    @Test
    void aFloodOfStops() throws Exception {
        try (RawPeer peer = towards(bob)) {
            reserve(peer, reservation(Optional.empty()));
            for (int i = 0; i < 1000; i++) {
                stream += 2;
                peer.open(stream, StopMessage.PROTOCOL,
                        framed(new StopMessage.Connect(somebody(), Optional.empty()).toBytes()));
            }
            assertTrue(peer.isReset(stream), "it opens more streams than it may have");
            assertTrue(bob.host().usage().streams() < 600, () -> bob.host().usage().toString());
            int others = 4;
            assertTrue(bob.host().usage().connections() <= RelayListener.MAX_CIRCUITS + others,
                    () -> bob.host().usage().toString());
        }
        await().until(() -> bob.host().usage().connections() < 4);
    }

    @Test
    void aStopInOurOwnName() throws Exception {
        try (RawPeer peer = towards(bob)) {
            reserve(peer, reservation(Optional.empty()));
            assertEquals(RelayStatus.PERMISSION_DENIED, stop(peer, bob.host().id()));
        }
    }

    @Test
    void vouchersThatAreNotForUs() throws Exception {
        long later = System.currentTimeMillis() / 1000 + 3600;
        try (RawPeer peer = towards(bob)) {
            PeerId self = peer.identity.id();
            for (byte[] voucher : List.of(
                    new Voucher(self, bob.host().id(), later).seal(Identity.generate(RANDOM)),
                    new Voucher(relay.host().id(), bob.host().id(), later).seal(peer.identity),
                    new Voucher(self, somebody(), later).seal(peer.identity),
                    new byte[] {1, 2, 3})) {
                Reservation wrong = reservation(Optional.of(voucher));
                Throwable refused = assertThrows(Exception.class, () -> reserve(peer, wrong));
                assertTrue(refused.toString().contains("oucher") || refused.toString().contains("Format"),
                        refused::toString);
                assertFalse(tells(peer));
            }
            reserve(peer, reservation(Optional.of(new Voucher(self, bob.host().id(), later).seal(peer.identity))));
            assertTrue(tells(peer));
        }
        await().until(() -> ways(bob).size() == 1);
    }

    @Test
    void aReservationAtAddressesOfOthersIsNotToldToAnybody() throws Exception {
        try (RawPeer peer = towards(bob)) {
            Multiaddr victim = Multiaddr.of("/ip4/192.0.2.1/tcp/1").withPeer(somebody());
            Multiaddr chain = victim.encapsulate(Multiaddr.of("/p2p-circuit")).withPeer(peer.identity.id());
            reserve(peer, new Reservation(Long.MAX_VALUE, List.of(victim, chain), ByteBuffer.allocate(0)));
            assertTrue(tells(peer));
            assertFalse(ways(bob).toString().contains("192.0.2.1"), () -> ways(bob).toString());
        }
    }

    private static Reservation reservation(Optional<byte[]> voucher) {
        return new Reservation(System.currentTimeMillis() / 1000 + 3600, List.of(),
                ByteBuffer.wrap(voucher.orElse(new byte[0])));
    }

    /** Bob wants to be reached through the peer, which says this; gives up if Bob does. */
    private void reserve(RawPeer peer, Reservation says) throws Exception {
        await().until(() -> bob.host().connection(peer.identity.id()).isPresent());
        var listening = CompletableFuture.runAsync(() -> {
            try {
                bob.host().listenOn(Multiaddr.of("/p2p/" + peer.identity.id() + "/p2p-circuit"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        int hop = peer.accept(HopMessage.PROTOCOL);
        byte[] answer = framed(new HopMessage.Answer(RelayStatus.OK, Optional.of(says), Optional.empty()).toBytes());
        peer.sendFrame(RawPeer.DATA, 0, hop, answer.length, answer);
        listening.get(30, TimeUnit.SECONDS);
    }

    private boolean tells(RawPeer relaying) {
        return ways(bob).stream().anyMatch(a -> a.toString().contains(relaying.identity.id().toString()));
    }
}
