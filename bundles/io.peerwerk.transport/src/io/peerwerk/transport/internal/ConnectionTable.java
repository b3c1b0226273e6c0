// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.transport.ConnectionListener;

/** The live connections and those who hear of them. */
final class ConnectionTable {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionTable.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<PeerId, List<SwitchConnection>> byPeer = new HashMap<>();
    private final Map<SwitchConnection, CompletableFuture<Void>> told = new HashMap<>();
    private final List<ConnectionListener> listeners = new CopyOnWriteArrayList<>();
    private final Executor threads;

    /** @param threads runs the listeners */
    ConnectionTable(Executor threads) {
        this.threads = threads;
    }

    /** Adds a connection and tells the listeners. */
    void add(SwitchConnection connection) {
        lock.lock();
        try {
            byPeer.computeIfAbsent(connection.peer(), p -> new ArrayList<>()).add(connection);
            told.put(connection, CompletableFuture.runAsync(() -> tell(l -> l.opened(connection)), threads));
        } finally {
            lock.unlock();
        }
    }

    /** Tells the listeners that a peer has said something about itself. */
    void identified(SwitchConnection connection) {
        lock.lock();
        try {
            told.computeIfPresent(connection, (c, before) ->
                    before.thenRunAsync(() -> tell(l -> l.identified(connection)), threads));
        } finally {
            lock.unlock();
        }
    }

    /** Takes a connection out and tells the listeners; does nothing if it is not in. */
    void remove(SwitchConnection connection) {
        lock.lock();
        try {
            CompletableFuture<Void> before = told.remove(connection);
            if (before == null) {
                return;
            }
            List<SwitchConnection> same = byPeer.getOrDefault(connection.peer(), new ArrayList<>());
            same.remove(connection);
            if (same.isEmpty()) {
                byPeer.remove(connection.peer());
            }
            before.whenCompleteAsync((ok, failed) -> tell(l -> l.closed(connection)), threads);
        } finally {
            lock.unlock();
        }
    }

    /** The connection to use for a peer: the oldest that still takes streams, a direct one before a relayed one. */
    Optional<SwitchConnection> find(PeerId peer) {
        lock.lock();
        try {
            return byPeer.getOrDefault(peer, List.of()).stream().filter(SwitchConnection::isOpen)
                    .min(Comparator.comparing(SwitchConnection::relayed));
        } finally {
            lock.unlock();
        }
    }

    /** The direct connections to a peer that still take streams, the oldest first. */
    List<SwitchConnection> direct(PeerId peer) {
        lock.lock();
        try {
            return byPeer.getOrDefault(peer, List.of()).stream().filter(c -> c.isOpen() && !c.relayed()).toList();
        } finally {
            lock.unlock();
        }
    }

    List<SwitchConnection> all() {
        lock.lock();
        try {
            return List.copyOf(told.keySet());
        } finally {
            lock.unlock();
        }
    }

    Registration listen(ConnectionListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void tell(Consumer<ConnectionListener> event) {
        for (ConnectionListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn("a connection listener failed", e);
            }
        }
    }
}
