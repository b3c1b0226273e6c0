// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.pubsub.internal.Peers;
import io.peerwerk.pubsub.internal.gossipsub.Authors;
import io.peerwerk.pubsub.internal.gossipsub.Gossipsub;
import io.peerwerk.pubsub.internal.gossipsub.GossipsubAction;
import io.peerwerk.pubsub.internal.gossipsub.GossipsubInput;
import io.peerwerk.pubsub.internal.gossipsub.GossipsubOptions;
import io.peerwerk.pubsub.internal.wire.Rpc;
import io.peerwerk.pubsub.internal.wire.RpcCodec;
import io.peerwerk.pubsub.internal.wire.Sealed;
import io.peerwerk.pubsub.internal.wire.WireLimits;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.Identification;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.StreamHandler;

/** A peer with two connections, of which one or both go. The host and its connections are played by the test. */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NeighbourhoodTest {

    private static final String TOPIC = "t";
    private static final String PROTOCOL = "/meshsub/1.1.0";

    private volatile StreamHandler handler = stream -> { };
    private final Identity self = Peers.identity();
    private final PeerId peer = Peers.id();
    private final List<PlayedConnection> connections = new CopyOnWriteArrayList<>();
    private final RouterThread router = new RouterThread("router-of-a-test", new Gossipsub(self.id(),
            Authors.strict(self), GossipsubOptions.standard(),
            new Gossipsub.Environment(() -> 0, new SplittableRandom(1), 0)), this::perform);
    private final Neighbourhood neighbourhood = new Neighbourhood(host(), router);

    private void perform(List<GossipsubAction> actions) {
        actions.forEach(action -> {
            if (action instanceof GossipsubAction.Send(PeerId to, Rpc rpc)) {
                neighbourhood.send(to, rpc);
            }
        });
    }

    @AfterEach
    void stop() {
        neighbourhood.close();
        router.close();
    }

    private Host host() {
        return (Host) Proxy.newProxyInstance(Host.class.getClassLoader(), new Class<?>[] {Host.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "connection" -> connections.stream().filter(c -> c.open).map(c -> c.connection).findFirst();
                    case "connections" -> connections.stream().map(c -> c.connection).toList();
                    case "handle" -> {
                        handler = (StreamHandler) arguments[1];
                        yield (Registration) () -> { };
                    }
                    case "listen" -> (Registration) () -> { };
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private final class PlayedConnection {
        final List<PlayedStream> streams = new CopyOnWriteArrayList<>();
        final Connection connection = (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "peer" -> peer;
                    case "isOpen" -> this.open;
                    case "relayed", "initiator" -> false;
                    case "remoteAddress" -> Multiaddr.parse("/ip4/127.0.0.1/tcp/1");
                    case "identification" -> Optional.of(new Identification(peer, "test", "", List.of(),
                            Optional.empty(), List.of(PROTOCOL), false));
                    case "open" -> open((String) arguments[0]);
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(this);
                    case "toString" -> "played";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        volatile boolean open = true;

        private Stream open(String protocol) {
            var stream = new PlayedStream(connection, protocol);
            streams.add(stream);
            return stream;
        }

        /** What was said on its streams so far. */
        boolean heard(Predicate<Rpc> wanted) {
            return streams.stream().flatMap(stream -> stream.said().stream()).anyMatch(wanted);
        }

        void end() {
            open = false;
            streams.forEach(Stream::reset);
        }
    }

    /** A stream on which nothing comes, and that keeps what is written. */
    private static final class PlayedStream implements Stream {
        private final Connection connection;
        private final String protocol;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final CountDownLatch ended = new CountDownLatch(1);

        PlayedStream(Connection connection, String protocol) {
            this.connection = connection;
            this.protocol = protocol;
        }

        List<Rpc> said() {
            try {
                var in = new ByteArrayInputStream(out.toByteArray());
                List<Rpc> records = new ArrayList<>();
                while (in.available() > 0) {
                    records.add(RpcCodec.decode(Frames.read(in, WireLimits.MAX_RPC)));
                }
                return records;
            } catch (IOException e) {
                return List.of(); // a record is half written
            }
        }

        @Override
        public Connection connection() {
            return connection;
        }

        @Override
        public String protocol() {
            return protocol;
        }

        @Override
        public InputStream input() {
            return new InputStream() {
                @Override
                public int read() throws IOException {
                    try {
                        ended.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    throw new IOException("reset");
                }
            };
        }

        @Override
        public OutputStream output() {
            return out;
        }

        @Override
        public void timeout(Duration limit) {
        }

        @Override
        public void reset() {
            ended.countDown();
        }

        @Override
        public void close() {
        }
    }

    /** A partner in the topic, on the first of two connections. */
    private void meet() {
        connections.add(new PlayedConnection());
        neighbourhood.open();
        router.tell(new GossipsubInput.Subscribe(TOPIC));
        router.tell(new GossipsubInput.Received(peer, ScriptedPeer.grafting(TOPIC)));
        await().atMost(RunningPubSub.PATIENCE).until(() -> !connections.getFirst().streams.isEmpty());
        assertEquals(List.of(peer), mesh());
        connections.add(new PlayedConnection());
        neighbourhood.identified(connections.getLast().connection);
    }

    private List<PeerId> mesh() {
        return router.ask(r -> r.peers(TOPIC).isEmpty() ? List.<PeerId>of() : r.mesh(TOPIC));
    }

    private void awaitGreeting(PlayedConnection on) {
        await().atMost(RunningPubSub.PATIENCE).until(() ->
                on.heard(rpc -> rpc.subscriptions().contains(new Rpc.Subscription(TOPIC, true))
                        && rpc.control().graft().contains(TOPIC)) || mesh().isEmpty());
    }

    @Test
    void aPartnerStaysWhenTheStreamsOfItsOlderConnectionEndFirstAndTheConnectionThen() {
        meet();
        connections.getFirst().end();
        awaitGreeting(connections.getLast());
        neighbourhood.closed(connections.getFirst().connection);
        assertEquals(List.of(peer), mesh());
    }

    @Test
    void aPartnerStaysWhenItsOlderConnectionEndsFirstAndItsStreamsThen() {
        meet();
        connections.getFirst().open = false;
        neighbourhood.closed(connections.getFirst().connection);
        awaitGreeting(connections.getLast());
        connections.getFirst().end();
        assertEquals(List.of(peer), mesh());
    }

    @Test
    void aPeerIsGoneWithItsLastConnection() {
        meet();
        connections.getLast().end();
        neighbourhood.closed(connections.getLast().connection);
        assertEquals(List.of(peer), mesh());
        connections.getFirst().end();
        neighbourhood.closed(connections.getFirst().connection);
        assertEquals(List.of(), mesh());
    }

    @Test
    void aStreamThatIsTakenWhileItClosesEndsToo() throws Exception {
        meet();
        neighbourhood.close();
        var late = new PlayedStream(connections.getFirst().connection, PROTOCOL);
        handler.handle(late); // would wait for what nobody says
        assertEquals(0, late.ended.getCount());
    }

    // ---- introductions, on the same played host

    @Test
    void nobodyIsDialledAnyMoreOnceItIsClosed() {
        var dialled = new AtomicInteger();
        var never = new CountDownLatch(1);
        var introductions = new Introductions((Host) Proxy.newProxyInstance(Host.class.getClassLoader(),
                new Class<?>[] {Host.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "connection" -> Optional.empty();
                    case "known" -> List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/1"));
                    case "connect" -> {
                        dialled.incrementAndGet();
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            throw new InterruptedIOException("interrupted");
                        }
                        throw new IOException("nobody is there");
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                }));
        Peers.ids(20).forEach(id -> introductions.connect(id, Sealed.NOTHING));
        await().atMost(RunningPubSub.PATIENCE).until(() -> dialled.get() == 8);
        introductions.close();
        introductions.connect(peer, Sealed.NOTHING);
        await().atMost(RunningPubSub.PATIENCE).until(() -> introductions.pending() == 0);
        assertEquals(8, dialled.get());
    }
}
