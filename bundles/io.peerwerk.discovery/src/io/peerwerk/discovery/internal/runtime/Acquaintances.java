// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.Host;

/**
 * What becomes of peers that were found: all are remembered, and connected to while fewer than so many of them are.
 * Thread-safe.
 */
final class Acquaintances implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Acquaintances.class);

    /** Of two peers that find each other at the same time the one with the smaller id dials first. */
    private static final Duration COURTESY = Duration.ofSeconds(1);

    private final Host host;
    private final int connections;
    /** Those being dialled and those that were reached; the latter count while the connection lives. */
    private final Set<PeerId> chosen = ConcurrentHashMap.newKeySet();
    private final Set<PeerId> dialled = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param connections so many at most */
    Acquaintances(Host host, int connections) {
        this.host = host;
        this.connections = connections;
    }

    /** A peer is said to be somewhere. Never blocks. */
    void found(PeerId peer, List<Multiaddr> addresses) {
        LOG.debug("{} is said to be at {}", peer, addresses);
        host.remember(peer, addresses);
        chosen.removeIf(other -> !dialled.contains(other) && host.connection(other).isEmpty());
        if (!closed && chosen.size() < connections && host.connection(peer).isEmpty() && chosen.add(peer)) {
            dialled.add(peer);
            Thread.ofVirtual().name("acquaintance-" + peer.brief()).start(() -> dial(peer, addresses));
        }
    }

    private void dial(PeerId peer, List<Multiaddr> addresses) {
        try {
            if (host.id().compareTo(peer) > 0) {
                Thread.sleep(COURTESY);
            }
            if (!closed) {
                host.connect(peer, addresses);
            }
        } catch (IOException e) {
            LOG.debug("{} is not where it is said to be: {}", peer, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            dialled.remove(peer);
        }
    }

    /** Dials nobody any more; connections stay. */
    @Override
    public void close() {
        closed = true;
    }
}
