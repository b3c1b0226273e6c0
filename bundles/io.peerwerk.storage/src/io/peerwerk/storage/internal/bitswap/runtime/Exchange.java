// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap.runtime;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.peerwerk.core.Registration;
import io.peerwerk.core.TokenBuckets;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.internal.bitswap.Accounts;
import io.peerwerk.storage.internal.bitswap.BlockSource;
import io.peerwerk.storage.internal.bitswap.Delivery;
import io.peerwerk.storage.internal.bitswap.Envelope;
import io.peerwerk.storage.internal.bitswap.Message;
import io.peerwerk.storage.internal.bitswap.MessageCodec;
import io.peerwerk.storage.internal.bitswap.Server;
import io.peerwerk.storage.internal.bitswap.Session;
import io.peerwerk.storage.internal.bitswap.SessionAction;
import io.peerwerk.storage.internal.bitswap.Version;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.ConnectionListener;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.UnsupportedProtocolException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two state machines behind one lock, and the links to the peers that speak the protocol. Peers behind a relay are
 * left alone, since a relay gives too little for blocks.
 */
final class Exchange implements ConnectionListener, PeerLink.Owner, AutoCloseable {

    /** Malformed messages that a connection survives. */
    private static final int STRIKES = 2;

    /** When a peer is spoken to again that has taken nothing and is still connected. */
    private static final int AGAIN_SECONDS = 10;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final Host host;
    private final BlockSource source;
    private final BitswapOptions options;
    private final Accounts accounts;
    private final Server server;
    private final Session session;
    private final Waiting waiting = new Waiting();
    private final Inbound inbound = new Inbound();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<PeerId, PeerLink> links = new HashMap<>();
    private final Map<PeerId, Integer> strikes = new HashMap<>();
    private final TokenBuckets<PeerId> entries;
    private final Set<Stream> readers = ConcurrentHashMap.newKeySet();
    private final List<Registration> registrations = new CopyOnWriteArrayList<>();
    private final ScheduledThreadPoolExecutor clock;
    private volatile boolean closed;

    Exchange(Host host, BlockSource source, BitswapOptions options, RandomGenerator random) {
        this.host = host;
        this.source = source;
        this.options = options;
        accounts = new Accounts(options.server().accounts());
        server = new Server(source, options.server(), accounts);
        session = new Session(options.session(), random);
        entries = new TokenBuckets<>(options.entriesPerSecond(), options.entriesAtOnce(), options.server().accounts());
        clock = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("bitswap-clock").daemon().factory());
    }

    void open() {
        Version.protocols().forEach(protocol -> registrations.add(host.handle(protocol, this::serve)));
        registrations.add(host.listen(this));
        host.connections().forEach(this::identified);
        long tick = options.tick().toMillis();
        clock.scheduleWithFixedDelay(this::tick, tick, tick, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        try {
            locked(() -> act(session.tick(System.nanoTime())));
        } catch (RuntimeException e) { // the edge of the thread: a mistake of ours costs one step
            LOG.error("a step of bitswap failed", e);
        }
    }

    // ---- for those who fetch

    Waiting.Caller caller() {
        return waiting.caller();
    }

    void want(Waiting.Caller caller, Collection<Cid> cids) throws IOException {
        locked(() -> act(session.want(cids.stream().filter(caller::add).toList(), System.nanoTime())));
        if (closed) {
            throw new IOException("bitswap has been closed");
        }
    }

    void unwant(Waiting.Caller caller) {
        locked(() -> caller.end().forEach(cid -> act(session.unwant(cid, System.nanoTime()))));
    }

    void stored(Collection<Cid> cids) {
        locked(() -> {
            cids.forEach(server::stored);
            serveNext();
        });
    }

    <T> T ask(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    Set<PeerId> peers() {
        return ask(() -> Set.copyOf(links.keySet()));
    }

    /** Only within {@link #ask}, like the next two. */
    Session session() {
        return session;
    }

    Server server() {
        return server;
    }

    Accounts accounts() {
        return accounts;
    }

    boolean isClosed() {
        return closed;
    }

    // ---- who is there

    @Override
    public void identified(Connection connection) {
        connection.identification().flatMap(said -> Version.newest(said.protocols()))
                .ifPresent(version -> admit(connection, version));
    }

    @Override
    public void closed(Connection connection) {
        PeerId peer = connection.peer();
        if (connection(peer).isEmpty()) {
            locked(() -> {
                strikes.remove(peer);
                leave(peer);
            });
        }
    }

    @Override
    public Optional<Connection> connection(PeerId peer) {
        return host.connection(peer).filter(connection -> connection.isOpen() && !connection.relayed());
    }

    @Override
    public BlockSource source() {
        return source;
    }

    private void admit(Connection connection, Version version) {
        PeerId peer = connection.peer();
        locked(() -> {
            if (!closed && !links.containsKey(peer) && connection.isOpen() && !connection.relayed()) {
                links.put(peer, new PeerLink(peer, version, this));
                act(session.joined(peer, version, System.nanoTime()));
            }
        });
    }

    private void leave(PeerId peer) {
        PeerLink link = links.remove(peer);
        if (link != null) {
            link.close();
            server.left(peer);
            act(session.left(peer, System.nanoTime()));
            serveNext();
        }
    }

    // ---- in

    private void serve(Stream stream) throws IOException {
        readers.add(stream);
        try {
            if (closed || stream.connection().relayed()) {
                throw new IOException("nothing is served here");
            }
            Version.newest(List.of(stream.protocol())).ifPresent(version -> admit(stream.connection(), version));
            inbound.read(stream, message -> receive(stream.connection().peer(), message));
        } catch (FormatException e) {
            strike(stream.connection(), e);
            throw e;
        } finally {
            readers.remove(stream);
        }
    }

    private void strike(Connection connection, FormatException why) {
        LOG.debug("{} sent something malformed: {}", connection.peer().brief(), why.getMessage());
        locked(() -> {
            int times = strikes.merge(connection.peer(), 1, Integer::sum);
            if (times > STRIKES || !connection.isOpen()) {
                strikes.remove(connection.peer());
                connection.close();
            }
        });
    }

    private void receive(PeerId peer, byte[] bytes) throws IOException {
        Message message = MessageCodec.parse(bytes);
        Delivery delivery = Delivery.of(message); // here, where it holds up nobody else
        locked(() -> {
            if (links.containsKey(peer)) {
                receive(peer, message, delivery);
            }
        });
        pause(peer, 1 + message.entries().size() + message.presences().size() + message.blocks().size());
    }

    private void receive(PeerId peer, Message message, Delivery delivery) {
        server.receive(peer, message.full(), message.entries());
        if (!delivery.isEmpty()) {
            List<SessionAction> actions = session.receive(peer, delivery, System.nanoTime());
            for (SessionAction action : actions) {
                if (action instanceof SessionAction.Deliver deliver) {
                    accounts.received(peer, deliver.block().size(), 1);
                }
            }
            act(actions);
        }
        serveNext();
    }

    /** One who says much waits, so that others are heard; and so does what it sends, as nobody reads it meanwhile. */
    private void pause(PeerId peer, int said) throws InterruptedIOException {
        long nanos = ask(() -> {
            var bucket = entries.of(peer, System.nanoTime());
            bucket.spend(said, System.nanoTime());
            return bucket.delay(System.nanoTime());
        });
        if (nanos > 0) {
            try {
                Thread.sleep(1 + nanos / NANOS_PER_MILLI);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
    }

    // ---- out

    private void act(List<SessionAction> actions) {
        for (SessionAction action : actions) {
            switch (action) {
                case SessionAction.Tell tell -> tell(tell);
                case SessionAction.Deliver deliver -> waiting.deliver(deliver.block());
                case SessionAction.Distrust distrust -> distrust(distrust);
            }
        }
    }

    private void tell(SessionAction.Tell tell) {
        PeerLink link = links.get(tell.to());
        if (link != null && !link.tell(tell.full(), tell.entries())) {
            LOG.debug("{} takes too little", tell.to().brief());
            Thread.startVirtualThread(() -> failed(link, new IOException("the peer takes too little"))); // after this
        }
    }

    private void distrust(SessionAction.Distrust distrust) {
        LOG.debug("{} {}", distrust.peer().brief(), distrust.why());
        host.connection(distrust.peer()).ifPresent(Connection::close);
    }

    /** Gives out turns, as long as somebody can have one. */
    private void serveNext() {
        for (Optional<Envelope> next = server.next(); next.isPresent(); next = server.next()) {
            Envelope envelope = next.get();
            PeerLink link = links.get(envelope.peer());
            if (link == null) {
                server.left(envelope.peer());
            } else {
                link.give(envelope);
            }
        }
    }

    @Override
    public void sent(PeerLink link, long bytes, int blocks) {
        locked(() -> {
            if (links.get(link.peer()) == link) {
                server.done(link.peer(), bytes, blocks);
                serveNext();
            }
        });
    }

    @Override
    public void failed(PeerLink link, IOException why) {
        LOG.debug("cannot speak to {}: {}", link.peer().brief(), why.toString());
        locked(() -> {
            if (links.get(link.peer()) == link) {
                leave(link.peer());
                if (!closed && !(why instanceof UnsupportedProtocolException)) {
                    clock.schedule(() -> host.connection(link.peer()).ifPresent(this::identified), AGAIN_SECONDS,
                            TimeUnit.SECONDS);
                }
            }
        });
    }

    private void locked(Runnable step) {
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        locked(() -> {
            closed = true;
            clock.shutdownNow();
            links.values().forEach(PeerLink::close);
            links.clear();
            waiting.close();
        });
        registrations.forEach(Registration::close);
        readers.forEach(Stream::reset);
    }
}
