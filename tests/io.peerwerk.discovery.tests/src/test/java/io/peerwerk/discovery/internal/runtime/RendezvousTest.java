// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.identity.PeerRecord;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.discovery.RendezvousException;
import io.peerwerk.discovery.internal.Peers;
import io.peerwerk.discovery.internal.rendezvous.Opaque;
import io.peerwerk.discovery.internal.rendezvous.RendezvousCodec;
import io.peerwerk.discovery.internal.rendezvous.RendezvousLimits;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.Discover;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.DiscoverResponse;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.Register;
import io.peerwerk.discovery.internal.rendezvous.Status;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.tcp.internal.NoiseChannel;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import io.peerwerk.transport.tcp.internal.YamuxMuxer;

/** Peers that meet at a point, over real connections. */
class RendezvousTest {

    private static final RendezvousClient.Pauses QUICK =
            new RendezvousClient.Pauses(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofMillis(20));

    private final TcpTransport tcp = new TcpTransport();
    private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2030-01-01T00:00:00Z"));
    private SwitchHost pointHost;
    private RendezvousServer server;
    private PeerId point;

    /** A peer that uses the point. */
    private final class User {

        final Identity identity = Peers.identity();
        final SwitchHost host = host(identity);
        final RendezvousClient rendezvous = keep(new RendezvousClient(host, identity, now::get, QUICK));

        private User() {
            host.remember(point, pointHost.addresses());
        }
    }

    private SwitchHost host(Identity identity) {
        return keep(new SwitchHost(identity, HostOptions.local(), List.of(tcp), List.of(new NoiseChannel()),
                List.of(new YamuxMuxer())));
    }

    private <T extends AutoCloseable> T keep(T closeable) {
        open.addFirst(closeable);
        return closeable;
    }

    @BeforeEach
    void openAPoint() {
        pointHost = host(Peers.identity());
        point = pointHost.id();
        server = keep(new RendezvousServer(pointHost, true, RendezvousLimits.standard(), now::get));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
        tcp.close();
    }

    @Test
    void aPeerThatRegistersIsFoundAndCanBeDialled() throws IOException {
        var one = new User();
        var other = new User();
        one.rendezvous.advertise(point, "my-app");

        List<PeerRecord> found = other.rendezvous.discover(point, "my-app");
        assertEquals(List.of(one.host.id()), found.stream().map(PeerRecord::peer).toList());
        assertEquals(one.host.addresses(), found.getFirst().addresses());
        other.host.ping(one.host.id());
        assertEquals(List.of(), one.rendezvous.discover(point, "my-app"), "it does not find itself");
    }

    @Test
    void aPeerThatGoesIsFoundNoMore() throws IOException {
        var one = new User();
        Registration registration = one.rendezvous.advertise(point, "my-app");
        assertEquals(1, server.size());
        registration.close();
        registration.close();
        await().until(() -> server.size() == 0);
    }

    @Test
    void aRegistrationIsMadeAgainBeforeItEnds() throws IOException {
        var one = new User();
        var other = new User();
        one.rendezvous.advertise(point, "my-app");
        long first = other.rendezvous.discover(point, "my-app").getFirst().sequence();

        now.updateAndGet(t -> t.plusSeconds(7200 * 3 / 4 + 7200 / 20 + 1));
        await().until(() -> other.rendezvous.discover(point, "my-app").getFirst().isNewerThan(first));
        now.updateAndGet(t -> t.plusSeconds(7200 / 4));
        assertEquals(1, other.rendezvous.discover(point, "my-app").size());
    }

    @Test
    void aRegistrationFollowsTheAddresses() throws IOException {
        var one = new User();
        var other = new User();
        one.rendezvous.advertise(point, "my-app");
        now.updateAndGet(t -> t.plusSeconds(1));
        keep(one.host.announce(Multiaddr.of("/ip4/192.0.2.7/tcp/4001"))::close);
        await().until(() -> other.rendezvous.discover(point, "my-app").getFirst().addresses()
                .contains(Multiaddr.of("/ip4/192.0.2.7/tcp/4001")));
    }

    @Test
    void aPointThatForgetsIsToldAgain() throws IOException {
        var one = new User();
        one.rendezvous.advertise(point, "my-app");
        server.close();
        now.updateAndGet(t -> t.plusSeconds(7200));
        server = keep(new RendezvousServer(pointHost, true, RendezvousLimits.standard(), now::get));
        await().until(() -> {
            now.updateAndGet(t -> t.plusSeconds(1));
            return server.size() == 1;
        });
    }

    @Test
    void whoFollowsHearsOfEachPeerThatComes() throws IOException {
        var follower = new User();
        Set<PeerId> heard = ConcurrentHashMap.newKeySet();
        keep(follower.rendezvous.follow(point, "my-app", record -> heard.add(record.peer()))::close);

        var one = new User();
        one.rendezvous.advertise(point, "my-app");
        await().until(() -> heard.equals(Set.of(one.host.id())));
        var other = new User();
        other.rendezvous.advertise(point, "my-app");
        await().until(() -> heard.equals(Set.of(one.host.id(), other.host.id())));
    }

    @Test
    void whoFollowsAPointThatIsAwayGoesOnWhenItIsThere() throws IOException {
        var follower = new User();
        server.close();
        Set<PeerId> heard = ConcurrentHashMap.newKeySet();
        keep(follower.rendezvous.follow(point, "my-app", record -> heard.add(record.peer()))::close);

        server = keep(new RendezvousServer(pointHost, true, RendezvousLimits.standard(), now::get));
        var one = new User();
        one.rendezvous.advertise(point, "my-app");
        await().until(() -> heard.contains(one.host.id()));
    }

    @Test
    void aRefusalSaysWhy() {
        server.close();
        server = keep(new RendezvousServer(pointHost, true, new RendezvousLimits(32, 0, 1, 255, Duration.ofHours(2),
                Duration.ofHours(2), Duration.ofHours(72), 1000, 1000), now::get));
        var refusal = assertThrows(RendezvousException.class, () -> new User().rendezvous.advertise(point, "my-app"));
        assertTrue(refusal.getMessage().contains("UNAVAILABLE"), refusal.getMessage());
    }

    @Test
    void aNodeIsNoPointUnlessTheUserWantsIt() {
        server.close();
        server = keep(new RendezvousServer(pointHost, false, RendezvousLimits.standard(), now::get));
        assertThrows(IOException.class, () -> new User().rendezvous.discover(point, "my-app"));
    }

    @Test
    void aNamespaceThatIsTooLongIsNotSent() {
        var one = new User();
        assertThrows(IllegalArgumentException.class, () -> one.rendezvous.advertise(point, ""));
        assertThrows(IllegalArgumentException.class, () -> one.rendezvous.advertise(point, "ä".repeat(128)));
        assertThrows(IllegalArgumentException.class, () -> one.rendezvous.discover(point, "a".repeat(256)));
    }

    @Test
    void severalRequestsOnOneStreamAreAnswered() throws IOException {
        var one = new User();
        Stream stream = one.host.open(point, RendezvousServer.PROTOCOL);
        for (int i = 0; i < 3; i++) {
            Frames.write(stream.output(), RendezvousCodec.encode(new Discover("", 0, Opaque.NONE)));
            stream.output().flush();
            RendezvousCodec.decodeDiscoverResponse(Frames.read(stream.input(), RendezvousCodec.MAX_ANSWER));
        }
        stream.close();
    }

    @Test
    void aFloodOfRequestsLosesItsStreamAndOthersAreServed() throws IOException {
        var flooder = new User();
        int answered = 0;
        try {
            for (; answered < 10 * RendezvousServer.PEER_BURST; answered++) {
                flooder.rendezvous.discover(point, "my-app");
            }
        } catch (IOException e) {
            System.out.println(answered + " requests were answered, then: " + e);
        }
        assertTrue(answered >= RendezvousServer.PEER_BURST && answered < 4 * RendezvousServer.PEER_BURST, answered + "");
        assertEquals(List.of(), new User().rendezvous.discover(point, "my-app"));
    }

    @Test
    void aRequestThatIsTooLongLosesItsStreamAndOthersAreServed() throws IOException {
        var one = new User();
        Stream stream = one.host.open(point, RendezvousServer.PROTOCOL);
        Frames.write(stream.output(), new byte[RendezvousCodec.MAX_REQUEST + 1]);
        stream.output().flush();
        assertThrows(IOException.class, () -> Frames.read(stream.input(), RendezvousCodec.MAX_ANSWER));
        assertEquals(List.of(), one.rendezvous.discover(point, "my-app"));
    }

    @Test
    void whatALyingPointSaysIsNotBelieved() throws IOException {
        server.close();
        Identity honest = Peers.identity();
        byte[] forged = Peers.record(honest, 1, "/ip4/192.0.2.1/tcp/1");
        forged[forged.length - 1] ^= 1;
        var user = new User();
        List<Register> lies = List.of(new Register("my-app", new Opaque(forged), 1),
                new Register("another-app", new Opaque(Peers.record(honest, 1, "/ip4/192.0.2.1/tcp/1")), 1),
                new Register("my-app", new Opaque(Peers.record(user.identity, 1, "/ip4/192.0.2.1/tcp/1")), 1),
                new Register("my-app", new Opaque(Peers.record(honest, 1, "/ip4/169.254.169.254/tcp/80",
                        "/ip4/224.0.0.1/tcp/80", "/ip4/192.0.2.1/tcp/1")), 1));
        lie(new DiscoverResponse(lies, new Opaque(new byte[9]), Status.OK, ""));

        assertEquals(List.of(honest.id()), user.rendezvous.discover(point, "my-app").stream().map(PeerRecord::peer).toList());
        assertEquals(Peers.addresses("/ip4/192.0.2.1/tcp/1"), user.host.known(honest.id()));
    }

    @Test
    void aPointThatAlwaysHasMoreIsReadToALimit() throws IOException {
        server.close();
        AtomicInteger asked = new AtomicInteger();
        byte[] record = Peers.record(Peers.identity(), 1, "/ip4/192.0.2.1/tcp/1");
        keep(pointHost.handle(RendezvousServer.PROTOCOL, stream -> {
            Frames.read(stream.input(), RendezvousCodec.MAX_REQUEST);
            byte[] cookie = {0, 0, 0, 0, 0, 0, 0, (byte) asked.incrementAndGet()};
            Frames.write(stream.output(), RendezvousCodec.encode(new DiscoverResponse(
                    Collections.nCopies(100, new Register("my-app", new Opaque(record), 1)), new Opaque(cookie), Status.OK, "")));
        })::close);
        assertTrue(new User().rendezvous.discover(point, "my-app").size() <= 1000);
        assertEquals(10, asked.get());
    }

    private void lie(DiscoverResponse answer) {
        AtomicInteger asked = new AtomicInteger();
        keep(pointHost.handle(RendezvousServer.PROTOCOL, stream -> {
            Frames.read(stream.input(), RendezvousCodec.MAX_REQUEST);
            boolean first = asked.getAndIncrement() == 0;
            Frames.write(stream.output(), RendezvousCodec.encode(first ? answer
                    : new DiscoverResponse(List.of(), answer.cookie(), Status.OK, "")));
        })::close);
    }
}
