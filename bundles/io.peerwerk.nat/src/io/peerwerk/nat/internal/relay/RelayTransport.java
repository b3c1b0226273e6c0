// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.spi.Link;
import io.peerwerk.transport.spi.Listener;
import io.peerwerk.transport.spi.Swarm;
import io.peerwerk.transport.spi.Transport;

/**
 * Connections through relays: dials {@code .../p2p/<relay>/p2p-circuit/p2p/<target>}, listens on
 * {@code .../p2p/<relay>/p2p-circuit}. It stands on the connections of the host that it serves, and serves only that.
 */
final class RelayTransport implements Transport, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RelayTransport.class);

    /** The longest wait for one message of a relay, which may have to ask its other peer meanwhile. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final int LOOPS = 2;
    private static final int CLOSE_SECONDS = 3;

    private final Host host;
    private final Swarm swarm;
    private final InstantSource clock;
    private final EventLoopGroup loops;
    private final Registration stop;
    private final Map<PeerId, RelayListener> listeners = new ConcurrentHashMap<>();
    private final Set<Channel> channels = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    RelayTransport(Host host, Swarm swarm, InstantSource clock) {
        this.host = host;
        this.swarm = swarm;
        this.clock = clock;
        this.loops = new MultiThreadIoEventLoopGroup(LOOPS, new DefaultThreadFactory("peerwerk-circuit", true),
                LocalIoHandler.newFactory());
        this.stop = host.handle(StopMessage.PROTOCOL, this::serve);
    }

    @Override
    public boolean canDial(Multiaddr address) {
        return CircuitAddress.of(address).flatMap(CircuitAddress::target).isPresent();
    }

    @Override
    public boolean canListen(Multiaddr address) {
        return CircuitAddress.of(address).filter(circuit -> circuit.target().isEmpty()).isPresent();
    }

    // ---- dial

    @Override
    public CompletableFuture<Link> dial(Multiaddr address, List<Multiaddr> from) {
        CircuitAddress circuit = CircuitAddress.of(address).filter(c -> c.target().isPresent())
                .orElseThrow(() -> new IllegalArgumentException("no peer behind a relay: " + address));
        var link = new CompletableFuture<Link>();
        Thread.ofVirtual().name("dial-relay").start(() -> {
            try {
                dial(circuit, link);
            } catch (IOException | RuntimeException e) {
                link.completeExceptionally(e);
            }
        });
        return link;
    }

    private void dial(CircuitAddress circuit, CompletableFuture<Link> link) throws IOException {
        PeerId target = circuit.target().orElseThrow();
        if (target.equals(circuit.relayId())) {
            throw new IOException("a relay is not reached through itself");
        }
        Stream hop = relay(circuit).open(HopMessage.PROTOCOL);
        link.whenComplete((made, failure) -> {
            if (failure != null) {
                hop.reset();
            }
        });
        ask(hop, new HopMessage.Connect(target), circuit.relayId());
        hop.timeout(Duration.ZERO);
        start(hop, circuit.way()).whenComplete((made, failure) -> {
            if (failure != null) {
                link.completeExceptionally(failure);
            } else if (!link.complete(made)) {
                made.channel().close();
            }
        });
    }

    /** The connection with a relay, made if there is none. */
    Connection relay(CircuitAddress circuit) throws IOException {
        if (closed) {
            throw new IOException("the transport is closed");
        }
        PeerId id = circuit.relayId();
        Optional<Connection> direct = direct(id);
        if (direct.isPresent()) {
            return direct.get();
        }
        List<Multiaddr> addresses = circuit.relay().components().size() > 1 ? List.of(circuit.relay()) : host.known(id);
        Connection made = host.connect(id, addresses);
        if (made.relayed()) {
            throw new IOException("the relay is itself reached through a relay");
        }
        return made;
    }

    Optional<Connection> direct(PeerId peer) {
        return host.connections().stream().filter(c -> c.peer().equals(peer) && !c.relayed() && c.isOpen()).findFirst();
    }

    /** Asks a relay; an answer that is not OK is an error. The stream is reset on failure. */
    static HopMessage.Answer ask(Stream hop, HopMessage question, PeerId relay) throws IOException {
        boolean done = false;
        try {
            hop.timeout(PATIENCE);
            Frames.write(hop.output(), question.toBytes());
            hop.output().flush();
            HopMessage message = HopMessage.parse(Frames.read(hop.input(), HopMessage.MAX_LENGTH));
            if (!(message instanceof HopMessage.Answer answer)) {
                throw new FormatException("the relay answers with a question");
            }
            if (answer.status() != RelayStatus.OK) {
                throw new IOException("the relay " + relay.brief() + " says: " + answer.status().words());
            }
            done = true;
            return answer;
        } finally {
            if (!done) {
                hop.reset();
            }
        }
    }

    /** Makes a link of a stream whose other end is the peer behind the relay. */
    private CompletableFuture<Link> start(Stream stream, Multiaddr way) {
        var link = new CompletableFuture<Link>();
        Multiaddr local = stream.connection().localAddress();
        var channel = new StreamChannel(stream, local.toString(), way.toString());
        loops.register(channel).addListener(done -> {
            if (!done.isSuccess()) {
                stream.reset();
                link.completeExceptionally(done.cause());
                return;
            }
            channels.add(channel);
            channel.closeFuture().addListener(gone -> channels.remove(channel));
            if (closed) {
                channel.close();
            }
            link.complete(new Link.Raw(channel, local, way));
        });
        return link;
    }

    // ---- listen

    @Override
    public Listener listen(Multiaddr address, Consumer<Link> accept) throws IOException {
        CircuitAddress circuit = CircuitAddress.of(address)
                .orElseThrow(() -> new IllegalArgumentException("no relay to be reached through: " + address));
        if (circuit.relayId().equals(host.id())) {
            throw new IOException("this peer is not reached through itself");
        }
        var listener = new RelayListener(this, circuit, accept, new RelayListener.Surroundings(host, swarm, clock));
        if (listeners.putIfAbsent(circuit.relayId(), listener) != null) {
            throw new IOException("already reached through that relay");
        }
        try {
            listener.start();
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e;
        }
        if (closed) {
            listener.close();
            throw new IOException("the transport is closed");
        }
        return listener;
    }

    void forget(PeerId relay, RelayListener listener) {
        listeners.remove(relay, listener);
    }

    /** Takes a connection that a relay brings. */
    private void serve(Stream stream) throws IOException {
        stream.timeout(PATIENCE);
        StopMessage message;
        try {
            message = StopMessage.parse(Frames.read(stream.input(), StopMessage.MAX_LENGTH));
        } catch (FormatException e) {
            answer(stream, RelayStatus.MALFORMED_MESSAGE);
            return;
        }
        RelayListener listener = listeners.get(stream.connection().peer());
        if (!(message instanceof StopMessage.Connect connect)) {
            answer(stream, RelayStatus.UNEXPECTED_MESSAGE);
        } else if (listener == null || !listener.isOpen() || stream.connection().relayed()
                || connect.peer().equals(host.id())) {
            LOG.debug("refused a connection with {} through {}", connect.peer(), stream.connection().peer());
            answer(stream, RelayStatus.PERMISSION_DENIED);
        } else if (!listener.enter()) {
            answer(stream, RelayStatus.RESOURCE_LIMIT_EXCEEDED);
        } else {
            try {
                answer(stream, RelayStatus.OK);
                stream.timeout(Duration.ZERO);
                carry(stream, listener);
            } finally {
                listener.left();
            }
        }
    }

    /** Hands the link on; ends when it does, since the stream ends with its handler. */
    private void carry(Stream stream, RelayListener listener) throws IOException {
        Link link = start(stream, listener.address()).join();
        link.channel().eventLoop().execute(() -> listener.accept(link));
        ((StreamChannel) link.channel()).ended().join();
    }

    private static void answer(Stream stream, RelayStatus status) throws IOException {
        Frames.write(stream.output(), new StopMessage.Answer(status).toBytes());
        stream.output().flush();
    }

    /** Gives up all reservations and closes all links. */
    @Override
    public void close() {
        closed = true;
        stop.close();
        listeners.values().forEach(RelayListener::close);
        channels.forEach(Channel::close);
        loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
