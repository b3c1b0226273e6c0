// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import static io.peerwerk.fixtures.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.collection.LongObjectMap;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.fixtures.Patience;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.quic.internal.QuicTransport;

/** Peers that misbehave over QUIC: they cost their own connection, and the node goes on. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QuicHostilePeerTest {

    private static final String ECHO = "/test/echo/1.0.0";
    private static final HostOptions LISTENING = HostOptions.standard().identifying(false)
            .listeningOn(List.of(Multiaddr.of("/ip4/127.0.0.1/udp/0/quic-v1")));

    private Hosts hosts;
    private SwitchHost host;
    private RawQuicPeer raw;

    @BeforeEach
    void start() {
        hosts = new Hosts(QuicTransport::new);
        host = hosts.start(LISTENING);
        host.handle(ECHO, stream -> stream.input().transferTo(stream.output()));
        raw = new RawQuicPeer();
    }

    @AfterEach
    void stop() {
        raw.close();
        hosts.close();
    }

    private void assertThatTheNodeGoesOn() throws Exception {
        SwitchHost good = hosts.start(LISTENING);
        good.connect(host.id(), host.addresses());
        try (Stream stream = good.open(host.id(), ECHO)) {
            stream.timeout(Duration.ofSeconds(30));
            stream.output().write("still here".getBytes(StandardCharsets.UTF_8));
            stream.output().close();
            assertEquals("still here", new String(stream.input().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void datagramsThatAreNoQuicAreDropped() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var garbage = new ArrayList<byte[]>();
        List<byte[]> real = raw.firstDatagrams(4);
        for (int i = 0; i < 1000; i++) {
            byte[] datagram = i % 2 == 0 ? new byte[random.nextInt(1500)] : real.get(i % real.size()).clone();
            if (i % 2 == 0) {
                random.nextBytes(datagram);
            } else {
                for (int change = 0; change < 3; change++) {
                    datagram[random.nextInt(60)] = (byte) random.nextInt();
                }
                datagram = Arrays.copyOf(datagram, 1 + random.nextInt(datagram.length));
            }
            garbage.add(datagram);
        }
        RawQuicPeer.send(garbage, host.addresses().getFirst());
        assertThatTheNodeGoesOn();
        assertEquals(1, host.connections().size());
    }

    /** More handshakes begin than may be under way; who is honest is asked to come again and gets through. */
    @Test
    void aFloodOfHandshakesThatNobodyEndsLeavesRoomForAnHonestPeer() throws Exception {
        RawQuicPeer.send(raw.firstDatagrams(600), host.addresses().getFirst());
        assertThatTheNodeGoesOn();
        assertEquals(1, host.connections().size());
    }

    @Test
    void aPeerThatSpeaksAnotherProtocolThanLibp2pIsRefused() throws Exception {
        var own = RawQuicPeer.honest();
        assertThatItIsCutOff(RawQuicPeer.client(own.privateKey(), own.certificate(), "h3"));
        assertThatTheNodeGoesOn();
    }

    @Test
    void aPeerWithoutACertificateIsRefused() throws Exception {
        assertThatItIsCutOff(RawQuicPeer.client(null, null, "libp2p"));
        assertThatTheNodeGoesOn();
    }

    private void assertThatItIsCutOff(QuicSslContext tls) throws Exception {
        try {
            QuicChannel channel = raw.dial(host.addresses().getFirst(), tls);
            assertTrue(channel.closeFuture().await(30, TimeUnit.SECONDS), "the connection lives");
        } catch (ExecutionException refused) {
            // even better
        }
        assertTrue(host.connections().isEmpty());
    }

    @Test
    void aPeerOpensNoMoreStreamsThanItMay() throws Exception {
        QuicChannel channel = raw.dial(host.addresses().getFirst(), RawQuicPeer.honestClient());
        int opened = 0;
        while (opened < 2000 && open(channel) != null) {
            opened++;
        }
        assertEquals(512, opened);
        await().until(() -> host.connections().getFirst().streamCount() <= 512);
        assertThatTheNodeGoesOn();
    }

    @Test
    void streamsThatWereResetLeaveNothingBehind() throws Exception {
        QuicChannel channel = raw.dial(host.addresses().getFirst(), RawQuicPeer.honestClient());
        openAndReset(channel, 600);
        Connection connection = host.connections().getFirst();
        await().until(() -> connection.streamCount() == 0);
        assertTrue(connection.isOpen());
        assertEquals(0, rememberedByNetty(connection));
    }

    /** Whether it is cut off or served to the end, nothing of it stays. */
    @Test
    void aFloodOfResetsCostsAtMostTheConnection() throws Exception {
        QuicChannel channel = raw.dial(host.addresses().getFirst(), RawQuicPeer.honestClient());
        openAndReset(channel, 10_000);
        await().until(() -> host.connections().stream()
                .allMatch(connection -> connection.streamCount() == 0));
        assertThatTheNodeGoesOn();
    }

    /** No more streams may mean that the connection was cut off and the word of it lost. */
    private static void openAndReset(QuicChannel channel, int count) throws InterruptedException {
        for (int done = 0; done < count && channel.isActive();) {
            QuicStreamChannel stream = open(channel);
            if (stream != null) {
                stream.shutdown(7).await();
                stream.close();
                done++;
            } else {
                await().until(() -> channel.peerAllowedStreams(QuicStreamType.BIDIRECTIONAL) > 0
                        || !channel.isActive());
            }
        }
    }

    /** Opens a stream and sends the first byte of the negotiation; null if no stream may be opened now. */
    private static QuicStreamChannel open(QuicChannel channel) throws InterruptedException {
        var made = channel.createStream(QuicStreamType.BIDIRECTIONAL, new ChannelInboundHandlerAdapter()).await();
        if (!made.isSuccess()) {
            return null;
        }
        ((QuicStreamChannel) made.getNow()).writeAndFlush(Unpooled.directBuffer(1).writeByte(19));
        return (QuicStreamChannel) made.getNow();
    }

    private static int rememberedByNetty(Connection connection) throws ReflectiveOperationException {
        Object at = connection;
        for (String name : List.of("session", "channel", "streams")) {
            var field = at.getClass().getDeclaredField(name);
            field.setAccessible(true);
            at = field.get(at);
        }
        return ((LongObjectMap<?>) at).size();
    }

    /** Sends what no one asked for: more than a window. The stream stops there; the node's memory does not grow. */
    @Test
    void aPeerThatSendsToAReaderThatSleepsIsHeldByItsWindow() throws Exception {
        host.handle("/test/sleep/1.0.0", stream -> {
            stream.output().write(1);
            stream.output().flush();
            sleepUntilTheEnd();
        });
        SwitchHost sender = hosts.start(LISTENING);
        Connection connection = sender.connect(host.id(), host.addresses());
        Stream stream = connection.open("/test/sleep/1.0.0");
        stream.output().flush();
        assertEquals(1, stream.input().read());
        stream.timeout(Duration.ofMillis(500));
        long before = host.connections().getFirst().bytesIn();
        assertThrows(SocketTimeoutException.class, () -> {
            while (true) {
                stream.output().write(new byte[1 << 16]);
            }
        });
        assertTrue(host.connections().getFirst().bytesIn() - before <= 2 << 20);
        stream.reset();
        assertThatTheNodeGoesOn();
    }

    /** The packet that closes a connection may be lost like any other. */
    @Test
    void aPeerThatHasMissedTheGoodbyeHearsItWhenItSpeaks() throws Exception {
        try (var onTheWay = new Forwarder(host.addresses().getFirst(), packet -> { })) {
            QuicChannel channel = raw.dial(onTheWay.address(), RawQuicPeer.honestClient());
            var goodbye = new CompletableFuture<QuicConnectionCloseEvent>();
            channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                @Override
                public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                    if (event instanceof QuicConnectionCloseEvent closed) {
                        goodbye.complete(closed);
                    }
                }
            });
            channel.closeFuture().addListener(gone -> goodbye.cancel(false));
            await().until(() -> !host.connections().isEmpty());
            onTheWay.losing = true;
            host.connections().getFirst().close();
            await().until(() -> onTheWay.lost > 0 && host.connections().isEmpty());
            onTheWay.losing = false;
            open(channel);
            assertTrue(goodbye.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS).isApplicationClose());
        }
    }

    /** Whoever sees packets on their way can send them again from anywhere: as if the peer had moved, again and again. */
    @Test
    void packetsThatAreSentAgainFromElsewhereDoNotMoveTheConnection() throws Exception {
        var seen = new ConcurrentLinkedQueue<byte[]>();
        SwitchHost good = hosts.start(LISTENING);
        try (var onTheWay = new Forwarder(host.addresses().getFirst(), seen::add)) {
            Connection connection = good.connect(host.id(), List.of(onTheWay.address()));
            echo(connection);
            for (int times = 0; times < 4; times++) {
                RawQuicPeer.send(seen.stream().limit(100).toList(), host.addresses().getFirst());
                echo(connection);
            }
            assertTrue(connection.isOpen());
            assertEquals(1, host.connections().size());
        }
        assertThatTheNodeGoesOn();
    }

    private static void echo(Connection connection) throws IOException {
        byte[] bytes = new byte[200_000];
        try (Stream stream = connection.open(ECHO)) {
            stream.timeout(Duration.ofSeconds(30));
            Thread.ofVirtual().start(() -> {
                try {
                    stream.output().write(bytes);
                    stream.output().close();
                } catch (IOException e) {
                    stream.reset();
                }
            });
            assertEquals(bytes.length, stream.input().readAllBytes().length);
        }
    }

    /** Stands between a peer and a host, and sees what the peer sends. */
    private static final class Forwarder implements AutoCloseable {

        private final DatagramSocket front = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        private final DatagramSocket back = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        private final SocketAddress host;
        private volatile SocketAddress peer;
        /** Whether what the host sends is lost, and how much has been. */
        private volatile boolean losing;
        private volatile int lost;

        Forwarder(Multiaddr host, Consumer<byte[]> sees) throws IOException {
            this.host = host.withoutPeer().socketAddress().orElseThrow();
            pass(front, back, packet -> {
                peer = packet.getSocketAddress();
                sees.accept(Arrays.copyOf(packet.getData(), packet.getLength()));
                return this.host;
            });
            pass(back, front, packet -> {
                lost += losing ? 1 : 0;
                return losing ? null : peer;
            });
        }

        Multiaddr address() {
            return Multiaddr.udp((InetSocketAddress) front.getLocalSocketAddress())
                    .encapsulate(Multiaddr.of("/quic-v1"));
        }

        private static void pass(DatagramSocket in, DatagramSocket out,
                Function<DatagramPacket, SocketAddress> target) {
            Thread.ofVirtual().start(() -> {
                var packet = new DatagramPacket(new byte[2048], 2048);
                while (!in.isClosed()) {
                    try {
                        packet.setLength(2048);
                        in.receive(packet);
                        SocketAddress to = target.apply(packet);
                        if (to != null) {
                            packet.setSocketAddress(to);
                            out.send(packet);
                        }
                    } catch (IOException e) {
                        // closed, or lost as packets are
                    }
                }
            });
        }

        @Override
        public void close() {
            front.close();
            back.close();
        }
    }

    private static void sleepUntilTheEnd() throws IOException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
