// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.internal.limits.ConnectionLease;
import io.peerwerk.transport.spi.Link;
import io.peerwerk.transport.spi.Transport;

/**
 * Makes connections of the links that come in and go out, if they are admitted, and keeps them until they are over. All
 * connections of a host live on what is here: its protocols, its rates, its threads.
 */
final class Reception implements SwitchConnection.Environment {

    /** Hears who comes and goes. Called on the event loop. */
    interface Watcher {

        /** Whether a connection may stay; asked when it is in the table already. */
        boolean wants(SwitchConnection connection);

        void arrived(SwitchConnection connection);

        void left(SwitchConnection connection);
    }

    private final ExecutorService handlers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("stream-", 0).factory());
    private final ConnectionTable connections = new ConnectionTable(task -> Thread.ofVirtual().start(task));
    private final HostOptions options;
    private final ProtocolTable protocols;
    private final Admission admission;
    private final Rates rates;
    private final Deadlines deadlines = new Deadlines();
    private final PendingLinks pending;
    private final Upgrader upgrader;
    private volatile @Nullable Watcher watcher;
    private volatile boolean closed;

    Reception(Identity identity, HostOptions options, InstantSource clock, ProtocolTable protocols) {
        this.options = options;
        this.protocols = protocols;
        this.admission = new Admission(options);
        this.rates = new Rates(options.bandwidth());
        this.pending = new PendingLinks(options.maxPending());
        this.upgrader = new Upgrader(identity, clock, this);
    }

    /** Sets who hears of connections; before there are any. */
    void tell(Watcher who) {
        watcher = who;
    }

    ConnectionTable connections() {
        return connections;
    }

    Admission admission() {
        return admission;
    }

    Upgrader upgrader() {
        return upgrader;
    }

    boolean isClosed() {
        return closed;
    }

    /** A link has come in. */
    void accept(Transport transport, Link link) {
        ConnectionLease lease = closed ? null : admission.enter(link);
        if (lease == null) {
            link.channel().close();
            return;
        }
        pending.add(link.channel());
        upgrade(new Upgrader.Order(link, transport, false, Optional.empty(), lease)).whenComplete((made, failure) -> {
            pending.remove(link.channel());
            if (failure != null) {
                admission.refused(link, failure);
            }
        });
    }

    /** Counts a dial, before it costs anything. */
    ConnectionLease leave(Optional<PeerId> peer, Multiaddr address) throws IOException {
        return admission.leave(peer, address);
    }

    /** Makes a connection of a link. */
    CompletableFuture<SwitchConnection> upgrade(Upgrader.Order order) {
        return upgrader.upgrade(order);
    }

    void closeThose(Predicate<SwitchConnection> which) {
        connections.all().stream().filter(which).forEach(SwitchConnection::close);
    }

    /** Ends all connections and handlers; nothing is accepted any more. */
    void close() {
        closed = true;
        pending.close();
        closeThose(connection -> true);
        handlers.shutdownNow();
    }

    // ---- what connections need

    @Override
    public ProtocolTable protocols() {
        return protocols;
    }

    @Override
    public HostOptions options() {
        return options;
    }

    @Override
    public Deadlines deadlines() {
        return deadlines;
    }

    @Override
    public Rates rates() {
        return rates;
    }

    @Override
    public ExecutorService threads() {
        return handlers;
    }

    @Override
    public void welcome(Link link, PeerId peer) throws IOException {
        admission.welcome(link, peer);
    }

    @Override
    public boolean admit(SwitchConnection connection) {
        // Added first, looked at then: whoever closes the host, takes the transport away or changes the rules meanwhile
        // finds it, or is seen.
        connections.add(connection);
        Watcher host = watcher;
        boolean admitted = !closed && host != null && host.wants(connection) && admission.wants(connection);
        if (admitted) {
            host.arrived(connection);
        }
        return admitted;
    }

    @Override
    public void closing(SwitchConnection connection) {
        // find() passes it over from now on
    }

    @Override
    public void closed(SwitchConnection connection) {
        connections.remove(connection);
        Watcher host = watcher;
        if (host != null) {
            host.left(connection);
        }
    }
}
