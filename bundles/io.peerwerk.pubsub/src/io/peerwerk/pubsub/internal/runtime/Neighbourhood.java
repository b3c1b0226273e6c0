// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.pubsub.internal.gossipsub.GossipsubInput;
import io.peerwerk.pubsub.internal.gossipsub.Version;
import io.peerwerk.pubsub.internal.wire.Dialect;
import io.peerwerk.pubsub.internal.wire.Rpc;
import io.peerwerk.pubsub.internal.wire.RpcCodec;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.ConnectionListener;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.Identification;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.UnsupportedProtocolException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connected peers that speak the protocol, each with its link and its reader. Links are made and given up on the
 * router's thread. Connections through a relay are left alone, as peers of all makes do: what goes on here all the time
 * would soon use up what a relay gives.
 */
final class Neighbourhood implements ConnectionListener, AutoCloseable {

    /** Malformed records that a connection survives. */
    private static final int STRIKES = 2;

    /** How often a stream is opened anew on a connection that holds, and the wait before the first time. */
    private static final int ATTEMPTS = 3;
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** Messages of one peer that the router checks before another one has its turn: some milliseconds' worth. */
    private static final int MESSAGES = 32;

    private static final Logger LOG = LoggerFactory.getLogger(Neighbourhood.class);

    private final Host host;
    private final RouterThread router;
    private final InboundBudget budget = new InboundBudget();
    private final Map<PeerId, Stream> readers = new ConcurrentHashMap<>();
    private final Map<PeerId, Integer> strikes = new ConcurrentHashMap<>();

    // On the router's thread.
    private final Map<PeerId, PeerLink> links = new HashMap<>();
    private final Map<PeerId, Integer> failures = new HashMap<>();

    private final List<Registration> registrations = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    Neighbourhood(Host host, RouterThread router) {
        this.host = host;
        this.router = router;
    }

    /** Begins to serve, and to greet whoever is there and comes. */
    void open() {
        Version.protocols().forEach(protocol -> registrations.add(host.handle(protocol, this::serve)));
        registrations.add(host.listen(this));
        host.connections().forEach(this::identified);
    }

    // ---- who is there

    @Override
    public void identified(Connection connection) {
        connection.identification().flatMap(said -> Version.newest(said.protocols()))
                .ifPresent(version -> router.run(() -> admit(connection, version)));
    }

    @Override
    public void closed(Connection connection) {
        router.run(() -> {
            PeerLink link = links.get(connection.peer());
            if (link != null && link.connection() == connection) {
                move(link);
            }
            forget(connection.peer());
        });
    }

    /** What a peer has done wrong counts for as long as it is connected. */
    private void forget(PeerId peer) {
        if (host.connection(peer).filter(Connection::isOpen).isEmpty()) {
            failures.remove(peer);
            strikes.remove(peer);
        }
    }

    private void admit(Connection connection, Version version) {
        PeerId peer = connection.peer();
        if (links.containsKey(peer) || !connection.isOpen() || connection.relayed()) {
            return;
        }
        begin(connection, version);
        router.handle(new GossipsubInput.Joined(peer, version, connection.initiator(), Whereabouts.of(connection),
                dialect(connection)));
    }

    /** Each make has its own names for messages; the first names that a peer says itself tell better. */
    private static Dialect dialect(Connection connection) {
        String agent = connection.identification().map(Identification::agent).orElse("");
        return agent.contains("js-libp2p") || agent.contains("helia") ? Dialect.JS
                : agent.startsWith("rust-libp2p") ? Dialect.RUST : Dialect.STANDARD;
    }

    private void begin(Connection connection, Version version) {
        var link = new PeerLink(connection, version, (broken, why) -> router.run(() -> failed(broken, why)));
        links.put(connection.peer(), link);
        link.start();
        LOG.debug("speaks {} with {}", version, connection.peer().brief());
    }

    /** A stream has failed. While the connection holds it is opened anew, a few times. */
    private void failed(PeerLink link, IOException why) {
        if (links.get(link.peer()) != link) {
            return;
        }
        LOG.debug("the stream to {} failed: {}", link.peer().brief(), why.toString());
        if (!link.connection().isOpen()) {
            move(link);
            return;
        }
        int times = link.hasLasted() ? 1 : 1 + failures.getOrDefault(link.peer(), 0);
        failures.put(link.peer(), times);
        if (times > ATTEMPTS || why instanceof UnsupportedProtocolException) {
            remove(link);
        } else {
            router.after(RETRY.multipliedBy(times * times), () -> reopen(link));
        }
    }

    private void reopen(PeerLink link) {
        if (links.get(link.peer()) != link) {
            return;
        }
        if (link.connection().isOpen()) {
            resume(link, link.connection());
        } else {
            move(link);
        }
    }

    /**
     * The connection of a link has gone. Where there is another one the link goes on there, and what the peer has said
     * still holds: it says nothing again that it has said on a stream which is still there.
     */
    private void move(PeerLink link) {
        host.connection(link.peer()).filter(other -> other != link.connection() && other.isOpen() && !other.relayed())
                .ifPresentOrElse(other -> resume(link, other), () -> remove(link));
    }

    private void resume(PeerLink link, Connection on) {
        link.close();
        begin(on, link.version());
        router.handle(new GossipsubInput.Reopened(link.peer()));
    }

    private void remove(PeerLink link) {
        if (links.remove(link.peer(), link)) {
            link.close();
            router.handle(new GossipsubInput.Left(link.peer()));
        }
    }

    // ---- out

    /** Has a record sent; only on the router's thread. */
    void send(PeerId to, Rpc rpc) {
        PeerLink link = links.get(to);
        if (link != null && !link.send(rpc)) {
            LOG.debug("{} takes too little", to.brief());
            router.run(() -> { // not now: the router is at work
                link.close();
                failed(link, new IOException("the peer takes too little"));
            });
        }
    }

    // ---- in

    private void serve(Stream stream) throws IOException {
        PeerId peer = stream.connection().peer();
        Stream before = readers.put(peer, stream);
        if (before != null) {
            before.reset();
        }
        if (closed) { // after it has gone through those that are here
            readers.remove(peer, stream);
            stream.reset();
            return;
        }
        Version.newest(List.of(stream.protocol()))
                .ifPresent(version -> router.run(() -> admit(stream.connection(), version)));
        try {
            read(peer, stream);
        } catch (FormatException e) {
            router.tell(new GossipsubInput.Malformed(peer));
            LOG.debug("{} sent something malformed: {}", peer.brief(), e.getMessage());
            if (strikes.merge(peer, 1, Integer::sum) > STRIKES) {
                stream.connection().close();
            }
            router.run(() -> forget(peer)); // its connection may have gone before this
            throw e;
        } finally {
            readers.remove(peer, stream);
        }
    }

    private void read(PeerId peer, Stream stream) throws IOException {
        while (true) {
            try (InboundBudget.Frame frame = budget.read(stream)) {
                if (frame.isEnd()) {
                    return;
                }
                for (Rpc part : RpcCodec.decode(frame.bytes()).parts(MESSAGES)) {
                    router.hand(new GossipsubInput.Received(peer, part));
                }
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        registrations.forEach(Registration::close);
        readers.values().forEach(Stream::reset);
        try {
            router.ask(r -> {
                links.values().forEach(PeerLink::close);
                links.clear();
                return true;
            });
        } catch (IllegalStateException e) {
            LOG.warn("some streams are left open: {}", e.getMessage());
        }
    }
}
