// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import static io.peerwerk.fixtures.Patience.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.fixtures.Bytes;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.internal.limits.Limits;
import io.peerwerk.transport.quic.internal.QuicTransport;
import io.peerwerk.transport.spi.Link;
import io.peerwerk.transport.spi.Swarm;

/** What QUIC can do beyond the contract of all transports: one socket for both directions, knocking, datagrams. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QuicEndpointTest {

    private static final String NEWS = "/test/news/1.0.0";

    private Hosts hosts;
    private SwitchHost alice;
    private SwitchHost bob;

    @BeforeEach
    void start() {
        hosts = new Hosts(QuicTransport::new);
        alice = hosts.start(on("/ip4/127.0.0.1/udp/0/quic-v1"));
        bob = hosts.start(on("/ip4/127.0.0.1/udp/0/quic-v1"));
    }

    @AfterEach
    void stop() {
        hosts.close();
    }

    private static HostOptions on(String address) {
        return HostOptions.standard().listeningOn(List.of(Multiaddr.of(address)));
    }

    private Connection seenByBob() {
        await().until(() -> bob.connection(alice.id()).isPresent());
        return bob.connection(alice.id()).orElseThrow();
    }

    // ---- one socket

    @Test
    void aDialComesFromThePortThatIsListenedOn() throws Exception {
        alice.connect(bob.id(), bob.addresses());
        assertEquals(alice.addresses().getFirst(), seenByBob().remoteAddress());
    }

    @Test
    void aFreshDialComesFromAPortOfItsOwn() throws Exception {
        Connection fresh = alice.connect(bob.id(), bob.addresses(), Swarm.Mode.FRESH);
        assertNotEquals(alice.addresses().getFirst(), seenByBob().remoteAddress());
        assertTrue(fresh.localAddress().toString().startsWith("/ip4/127.0.0.1/udp/"), () -> "" + fresh.localAddress());
    }

    /** No window is widened then: it takes more round trips, and all arrives. */
    @Test
    void bytesArriveWhereTheHostHasLittleMemory() throws Exception {
        SwitchHost poor = hosts.start(on("/ip4/127.0.0.1/udp/0/quic-v1").with(Limits.ofMemory(2 << 20)));
        poor.handle("/test/count/1.0.0", stream -> {
            long count = stream.input().transferTo(OutputStream.nullOutputStream());
            stream.output().write(ByteBuffer.allocate(Long.BYTES).putLong(count).array());
        });
        alice.connect(poor.id(), poor.addresses());
        try (Stream stream = alice.open(poor.id(), "/test/count/1.0.0")) {
            stream.timeout(Duration.ofSeconds(60));
            byte[] block = new byte[1 << 16];
            for (int i = 0; i < 320; i++) {
                stream.output().write(block);
            }
            stream.output().close();
            assertEquals(320L << 16, ByteBuffer.wrap(stream.input().readNBytes(Long.BYTES)).getLong());
        }
    }

    @Test
    void freshDialsShareAFewSockets() throws Exception {
        for (int i = 0; i < 6; i++) {
            ((Swarm) alice).connect(bob.id(), bob.addresses(), Swarm.Mode.FRESH).close();
            ((Swarm) alice).connect(bob.id(), bob.addresses(), Swarm.Mode.FRESH);
        }
        long ports = bob.connections().stream().map(Connection::remoteAddress).distinct().count();
        assertTrue(ports <= Runtime.getRuntime().availableProcessors(), ports + " ports");
    }

    @Test
    void manyDialsInBothDirectionsShareOneSocket() throws Exception {
        var others = new ArrayList<SwitchHost>();
        for (int i = 0; i < 5; i++) {
            others.add(hosts.start(on("/ip4/127.0.0.1/udp/0/quic-v1")));
        }
        for (SwitchHost other : others) {
            alice.connect(other.id(), other.addresses());
        }
        bob.connect(alice.id(), alice.addresses());
        for (SwitchHost other : others) {
            assertTrue(alice.ping(other.id()).isPositive());
            assertTrue(other.ping(alice.id()).isPositive());
        }
        assertTrue(bob.ping(alice.id()).isPositive());
        assertEquals(6, alice.connections().size());
    }

    @Test
    void peersMeetOverIpv6AndOnWildcards() throws Exception {
        SwitchHost six = hosts.start(on("/ip6/::1/udp/0/quic-v1"));
        SwitchHost all = hosts.start(on("/ip4/0.0.0.0/udp/0/quic-v1"));
        int port = all.addresses().getFirst().socketAddress().orElseThrow().getPort();
        all.listenOn(Multiaddr.of("/ip6/::/udp/" + port + "/quic-v1"));
        assertTrue(six.connect(all.id(), List.of(Multiaddr.of("/ip6/::1/udp/" + port + "/quic-v1"))).isOpen());
        Connection four = alice.connect(all.id(), List.of(Multiaddr.of("/ip4/127.0.0.1/udp/" + port + "/quic-v1")));
        assertTrue(alice.ping(all.id()).isPositive());
        assertEquals(alice.addresses().getFirst(), four.localAddress());
        await().until(() -> all.connection(alice.id()).isPresent());
        assertEquals("/ip4/127.0.0.1/udp/" + port + "/quic-v1",
                all.connection(alice.id()).orElseThrow().localAddress().toString());
    }

    @RepeatedTest(4)
    void eachDialHasAnEndWhenTheTransportGoesMeanwhile(RepetitionInfo run) throws Exception {
        var transport = new QuicTransport(Identity.generate(new SecureRandom()));
        var dials = new ArrayList<CompletableFuture<Link>>();
        for (int i = 0; i < 40; i++) {
            dials.add(transport.dial(bob.addresses().getFirst(), List.of()));
            if (i == 10 * (run.getCurrentRepetition() - 1)) {
                Thread.startVirtualThread(transport::close);
            }
        }
        CompletableFuture.allOf(dials.toArray(CompletableFuture[]::new)).exceptionally(failure -> null)
                .get(60, TimeUnit.SECONDS);
    }

    @Test
    void javasOwnSocketsDoAsWell() throws Exception {
        try (var own = new Hosts(QuicTransport::overNio)) {
            SwitchHost carol = own.start(on("/ip4/127.0.0.1/udp/0/quic-v1"));
            carol.handle("/test/echo/1.0.0", stream -> stream.input().transferTo(stream.output()));
            alice.connect(carol.id(), carol.addresses());
            Stream stream = alice.open(carol.id(), "/test/echo/1.0.0");
            var sent = Bytes.send(stream, 4 << 20, 5);
            long received = Bytes.receive(stream, 4 << 20);
            assertEquals(sent.get(30, TimeUnit.SECONDS), received);
        }
    }

    @Test
    void aNameIsDialled() throws Exception {
        int port = bob.addresses().getFirst().socketAddress().orElseThrow().getPort();
        assertEquals(bob.id(),
                alice.connect(Multiaddr.of("/dns4/localhost/udp/" + port + "/quic-v1")).peer());
    }

    @Test
    void whatIsNotQuicIsNeitherDialledNorListenedOn() {
        try (var transport = new QuicTransport(Identity.generate(new SecureRandom()))) {
            for (String no : List.of("/ip4/127.0.0.1/tcp/1", "/ip4/127.0.0.1/udp/1", "/ip4/127.0.0.1/udp/1/quic",
                    "/ip4/127.0.0.1/udp/1/quic-v1/webtransport", "/ip4/127.0.0.1/tcp/1/quic-v1",
                    "/dnsaddr/example.org/udp/1/quic-v1")) {
                assertFalse(transport.canDial(Multiaddr.of(no)), no);
            }
            assertFalse(transport.canListen(Multiaddr.of("/dns4/localhost/udp/1/quic-v1")));
        }
    }

    @Test
    void knocksAreHeardAtTheAddressUntilTheyAreCalledOff() throws Exception {
        try (var peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            peer.setSoTimeout(30_000);
            Multiaddr there = Multiaddr.udp((InetSocketAddress) peer.getLocalSocketAddress())
                    .encapsulate(Multiaddr.of("/quic-v1"));
            var knocking = hosts.transport(alice).knock(there, alice.addresses());
            for (int i = 0; i < 5; i++) {
                var packet = new DatagramPacket(new byte[100], 100);
                peer.receive(packet);
                assertEquals(alice.addresses().getFirst().socketAddress().orElseThrow(), packet.getSocketAddress());
                assertEquals(0, packet.getData()[0] & 0x40, "no packet of QUIC");
            }
            assertFalse(knocking.isDone());
            knocking.cancel(true);
        }
        assertThrows(Exception.class, () -> hosts.transport(alice).knock(bob.addresses().getFirst(), List.of()).get());
    }

    @Test
    void knockingAtAPeerThatDialsLetsItIn() throws Exception {
        var knocking = hosts.transport(bob).knock(alice.addresses().getFirst(), bob.addresses());
        assertTrue(alice.connect(bob.id(), bob.addresses(), Swarm.Mode.MEET_AS_INITIATOR).isOpen());
        knocking.cancel(true);
    }

    // ---- the end

    @Test
    void aClosedTransportLeavesItsPortsFreeAndItsPeersKnowAtOnce() throws Exception {
        alice.connect(bob.id(), bob.addresses());
        seenByBob();
        int port = bob.addresses().getFirst().socketAddress().orElseThrow().getPort();
        ((QuicTransport) hosts.transport(bob)).close();
        new DatagramSocket(port, InetAddress.getLoopbackAddress()).close();
        await().until(() -> alice.connections().isEmpty());
    }

    @Test
    void aListenerThatClosesLeavesItsLinksAlone() throws Exception {
        var transport = new QuicTransport(Identity.generate(new SecureRandom()));
        try (transport) {
            var links = new LinkedBlockingQueue<Link>();
            var listener = transport.listen(Multiaddr.of("/ip4/127.0.0.1/udp/0/quic-v1"), links::add);
            var dialled = hosts.transport(alice).dial(listener.address(), alice.addresses()).get();
            var accepted = links.poll(30, TimeUnit.SECONDS);
            listener.close();
            assertFalse(listener.isOpen());
            assertTrue(accepted.channel().isActive());
            var again = transport.listen(listener.address(), links::add);
            assertTrue(again.isOpen());
            again.close();
            dialled.channel().close().sync();
            await().until(() -> !accepted.channel().isOpen());
            await().untilAsserted(() -> new DatagramSocket(
                    listener.address().socketAddress().orElseThrow().getPort(), InetAddress.getLoopbackAddress())
                            .close());
        }
    }

    /** More than the congestion window at once, many times: quiche would forget ends that cannot leave at once. */
    @RepeatedTest(8)
    void noStreamWaitsForAnEndThatCongestionHeldUp() throws Exception {
        bob.handle("/test/echo/1.0.0", stream -> stream.input().transferTo(stream.output()));
        alice.connect(bob.id(), bob.addresses());
        byte[] block = new byte[24_000];
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var echoes = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 400; i++) {
                echoes.add(threads.submit(() -> {
                    try (Stream stream = alice.open(bob.id(), "/test/echo/1.0.0")) {
                        stream.timeout(Duration.ofSeconds(30));
                        stream.output().write(block);
                        stream.output().close();
                        return stream.input().readAllBytes().length;
                    }
                }));
            }
            for (var echo : echoes) {
                assertEquals(block.length, echo.get());
            }
        }
    }

    // ---- datagrams

    @Test
    void datagramsArriveInBothDirections() throws Exception {
        Connection there = alice.connect(bob.id(), bob.addresses());
        Connection back = seenByBob();
        var heardByBob = new CompletableFuture<byte[]>();
        var heardByAlice = new CompletableFuture<byte[]>();
        back.datagrams().orElseThrow().handle(NEWS, heardByBob::complete);
        there.datagrams().orElseThrow().handle(NEWS, heardByAlice::complete);
        await().until(() -> there.datagrams().get().send(NEWS, new byte[] {1, 2}) && heardByBob.isDone());
        await().until(() -> back.datagrams().get().send(NEWS, new byte[] {3}) && heardByAlice.isDone());
        assertArrayEquals(new byte[] {1, 2}, heardByBob.get());
        assertArrayEquals(new byte[] {3}, heardByAlice.get());
    }

    @Test
    void theLargestDatagramArrivesAndALargerOneIsRefused() throws Exception {
        Datagrams there = alice.connect(bob.id(), bob.addresses()).datagrams().orElseThrow();
        var heard = new CompletableFuture<byte[]>();
        seenByBob().datagrams().orElseThrow().handle(NEWS, heard::complete);
        int size = there.maxSize(NEWS);
        assertTrue(size >= 1000, () -> "" + size);
        assertFalse(there.send(NEWS, new byte[size + 1]));
        await().until(() -> there.send(NEWS, new byte[size]) && heard.isDone());
        assertEquals(size, heard.get().length);
    }

    @Test
    void streamsGoOnUnderAFloodOfDatagrams() throws Exception {
        Datagrams there = alice.connect(bob.id(), bob.addresses()).datagrams().orElseThrow();
        var busy = new CountDownLatch(1);
        var handled = new AtomicInteger();
        Datagrams back = seenByBob().datagrams().orElseThrow();
        back.handle(NEWS, payload -> {
            handled.incrementAndGet();
            try {
                busy.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> there.send(NEWS, new byte[100]) && handled.get() == 1);
        for (int i = 0; i < 5000; i++) {
            there.send(NEWS, new byte[100]);
        }
        assertTrue(alice.ping(bob.id()).isPositive(), "streams go on");
        busy.countDown();
        await().until(() -> there.send(NEWS, new byte[100]) && handled.get() > 1);
    }

    @Test
    void aProtocolOfDatagramsHasOneHandlerAtATime() throws Exception {
        Datagrams there = alice.connect(bob.id(), bob.addresses()).datagrams().orElseThrow();
        var registration = there.handle(NEWS, payload -> { });
        assertThrows(IllegalStateException.class, () -> there.handle(NEWS, payload -> { }));
        registration.close();
        registration.close();
        there.handle(NEWS, payload -> { }).close();
        assertThrows(IllegalArgumentException.class, () -> there.handle("", payload -> { }));
    }
}
