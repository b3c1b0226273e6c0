// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.Registration;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.ConnectionListener;
import io.peerwerk.transport.Host;

/**
 * Which of the protocols that matter here each connected peer speaks, as it says itself; kept for as long as the
 * connection lives, and asked again from time to time. Thread-safe.
 */
public final class PeerProtocols implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PeerProtocols.class);
    private static final Duration FRESH = Duration.ofMinutes(5);

    private record Known(Set<String> protocols, Instant at) {
    }

    private final Host host;
    private final Set<String> wanted;
    private final InstantSource clock;
    private final Runnable changed;
    private final Map<Connection, Known> known = new ConcurrentHashMap<>();
    private final Registration listening;
    private volatile boolean closed;

    /**
     * @param wanted  the protocols that matter
     * @param changed called when a peer is new or gone, on any thread; must not block
     */
    public PeerProtocols(Host host, Set<String> wanted, InstantSource clock, Runnable changed) {
        this.host = host;
        this.wanted = Set.copyOf(wanted);
        this.clock = clock;
        this.changed = changed;
        this.listening = host.listen(new ConnectionListener() {
            @Override
            public void opened(Connection connection) {
                ask(connection);
            }

            @Override
            public void closed(Connection connection) {
                if (known.remove(connection) != null) {
                    changed.run();
                }
            }
        });
        host.connections().forEach(connection -> Thread.ofVirtual().start(() -> ask(connection)));
    }

    /** The open, direct connections to peers that speak a protocol, one a peer. */
    public List<Connection> speaking(String protocol) {
        return List.copyOf(known.entrySet().stream().filter(e -> e.getValue().protocols().contains(protocol))
                .map(Map.Entry::getKey).filter(c -> c.isOpen() && !c.relayed())
                .collect(Collectors.toMap(Connection::peer, c -> c, (one, other) -> one)).values());
    }

    /** Asks those again whose last answer is old. Blocks. */
    public void refresh() {
        Instant old = clock.instant().minus(FRESH);
        known.forEach((connection, what) -> {
            if (what.at().isBefore(old)) {
                ask(connection);
            }
        });
    }

    private void ask(Connection connection) {
        if (closed || !connection.isOpen()) {
            return;
        }
        Set<String> spoken = Set.of();
        try {
            spoken = host.identify(connection.peer()).protocols().stream().filter(wanted::contains)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            LOG.debug("{} does not say what it speaks: {}", connection.peer(), e.toString());
        }
        known.put(connection, new Known(spoken, clock.instant()));
        if (closed || !connection.isOpen()) {
            known.remove(connection);
        }
        changed.run();
    }

    @Override
    public void close() {
        closed = true;
        listening.close();
        known.clear();
    }
}
