// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.StreamResetException;
import io.peerwerk.transport.internal.bulk.BulkRoute;
import io.peerwerk.transport.internal.dial.Way;
import io.peerwerk.transport.internal.limits.LimitException;

/**
 * Opens streams for bulk data over the connection that is the fastest for them, and dials one over TCP beside another
 * one that turns out to carry much. It is a dial like any other, through the gate and the limits, once at a time for a
 * peer and later and later when it fails; nobody waits for it.
 */
final class BulkStreams {

    private static final Logger LOG = LoggerFactory.getLogger(BulkStreams.class);

    /** How often a connection is looked at in the time for which it may stay unused. */
    private static final int LOOKS = 8;

    private final ConcurrentHashMap<PeerId, BulkRoute<SwitchConnection>> routes = new ConcurrentHashMap<>();
    private final Set<SwitchConnection> beside = ConcurrentHashMap.newKeySet();
    private final Reception reception;
    private final Dialer dialer;
    private final AddressBook book;

    BulkStreams(Reception reception, Dialer dialer, AddressBook book) {
        this.reception = reception;
        this.dialer = dialer;
        this.book = book;
    }

    /** A stream to the peer of a connection, on this one or a faster one. */
    Stream open(SwitchConnection usual, String protocol) throws IOException {
        if (usual.relayed()) {
            return usual.open(protocol);
        }
        PeerId peer = usual.peer();
        BulkRoute<SwitchConnection> route = routes.computeIfAbsent(peer, p -> new BulkRoute<>(System.nanoTime()));
        try {
            List<SwitchConnection> there = paths(usual);
            SwitchConnection path = route.choose(there, System.nanoTime());
            if (isWorthTcp(usual, there) && route.wantsAnother(System.nanoTime())) {
                dialBeside(peer, route);
            }
            return open(route, path, usual, protocol);
        } finally {
            forgetIfGone(peer, route);
        }
    }

    private void forgetIfGone(PeerId peer, BulkRoute<SwitchConnection> route) {
        if (reception.connections().direct(peer).isEmpty()) {
            routes.remove(peer, route);
        }
    }

    private static Stream open(BulkRoute<SwitchConnection> route, SwitchConnection path, SwitchConnection usual,
            String protocol) throws IOException {
        var stream = new Measured(route, path);
        try {
            return stream.open(protocol);
        } catch (StreamResetException | LimitException e) {
            if (path == usual) {
                throw e;
            }
            LOG.debug("no stream for bulk data on {}: {}", path, e.getMessage());
            return new Measured(route, usual).open(protocol);
        }
    }

    /** The usual connection, then one of each other way. */
    private List<SwitchConnection> paths(SwitchConnection usual) {
        var ways = EnumSet.of(way(usual));
        var paths = new ArrayList<>(List.of(usual));
        reception.connections().direct(usual.peer()).stream().filter(c -> ways.add(way(c))).forEach(paths::add);
        return paths;
    }

    private static Way way(SwitchConnection connection) {
        return Way.of(connection.remoteAddress());
    }

    private static boolean isWorthTcp(SwitchConnection usual, List<SwitchConnection> there) {
        return (way(usual) == Way.QUIC || way(usual) == Way.WEB_SOCKET)
                && there.stream().noneMatch(connection -> way(connection) == Way.TCP);
    }

    private void dialBeside(PeerId peer, BulkRoute<SwitchConnection> route) {
        List<Multiaddr> addresses = book.known(peer).stream()
                .filter(a -> Way.of(a) == Way.TCP && !a.has(Protocol.P2P_CIRCUIT)).toList();
        try {
            reception.threads().execute(() -> dialBeside(peer, addresses, route));
        } catch (RejectedExecutionException e) {
            LOG.debug("the host is closed, {} is not dialled any more", peer);
        }
    }

    private void dialBeside(PeerId peer, List<Multiaddr> addresses, BulkRoute<SwitchConnection> route) {
        try {
            SwitchConnection connection = dialer.dialBeside(peer, addresses);
            beside.add(connection);
            route.dialled();
            book.worked(peer, connection.remoteAddress());
            LOG.debug("bulk data may take a {}", connection);
            keep(connection, route);
        } catch (IOException e) {
            LOG.debug("no second connection with {}: {}", peer, e.getMessage());
            route.failed(System.nanoTime());
        }
    }

    /** Closes a connection when nothing has used it for long, unless it is the only one by then. */
    private void keep(SwitchConnection connection, BulkRoute<SwitchConnection> route) {
        Duration idle = reception.options().unused();
        while (connection.isOpen() && !isOnly(connection)) {
            try {
                Thread.sleep(idle.dividedBy(LOOKS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            boolean unused = connection.streamCount() == 0
                    && route.quiet(connection, System.nanoTime()) >= idle.toNanos();
            if (unused && !isOnly(connection)) {
                beside.remove(connection);
                connection.close();
            }
        }
        if (!connection.isOpen()) {
            closed(connection);
        } else {
            beside.remove(connection);
        }
    }

    private boolean isOnly(SwitchConnection connection) {
        return reception.connections().direct(connection.peer()).equals(List.of(connection));
    }

    /** A connection is over. */
    void closed(SwitchConnection connection) {
        BulkRoute<SwitchConnection> route = routes.get(connection.peer());
        boolean lost = beside.remove(connection);
        if (route != null) {
            route.gone(connection, System.nanoTime());
            if (lost) {
                route.failed(System.nanoTime());
            }
            forgetIfGone(connection.peer(), route);
        }
    }

    /** Tells a route of one stream. */
    private static final class Measured implements Meter {

        private final BulkRoute<SwitchConnection> route;
        private final SwitchConnection path;
        private final AtomicBoolean ended = new AtomicBoolean();

        private Measured(BulkRoute<SwitchConnection> route, SwitchConnection path) {
            this.route = route;
            this.path = path;
        }

        private Stream open(String protocol) throws IOException {
            route.opened(path, System.nanoTime());
            boolean opened = false;
            try {
                Stream stream = path.open(protocol, this);
                opened = true;
                return stream;
            } finally {
                if (!opened) {
                    ended();
                }
            }
        }

        @Override
        public void sent(int bytes) {
            route.moved(path, bytes, true, System.nanoTime());
        }

        @Override
        public void received(int bytes) {
            route.moved(path, bytes, false, System.nanoTime());
        }

        @Override
        public void ended() {
            if (ended.compareAndSet(false, true)) {
                route.closed(path, System.nanoTime());
            }
        }
    }
}
