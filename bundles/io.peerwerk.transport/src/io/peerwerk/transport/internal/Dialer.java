// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.DialException;
import io.peerwerk.transport.internal.limits.ConnectionLease;
import io.peerwerk.transport.spi.Link;
import io.peerwerk.transport.spi.Transport;

/**
 * Dials peers. The addresses of a peer start one after the other, by their {@linkplain
 * io.peerwerk.transport.internal.dial.DialRanking ranking}, or earlier when all before have failed; the first that
 * becomes a connection wins and the others are given up. Callers that want the same peer at the same time share one
 * dial.
 */
final class Dialer {

    /** Bytes that a peer at the end of an address takes at most. */
    private static final int MAX_PEER = 64;

    /** Turns a link into a connection that is in the table. */
    @FunctionalInterface
    interface Upgrade {
        CompletableFuture<SwitchConnection> upgrade(Upgrader.Order order);
    }

    /** Why a peer is dialled. */
    enum Cause {

        /** A person has named the address: it is dialled, whatever it is. */
        PERSON,

        /** Somebody wants a connection. */
        CONNECTION,

        /** A connection is needed for something else: addresses that have just failed are left alone for a while. */
        USE
    }

    /** Counts a dial, before it costs anything. */
    @FunctionalInterface
    interface Permit {
        ConnectionLease leave(Optional<PeerId> peer, Multiaddr address) throws IOException;
    }

    /**
     * What is wanted.
     *
     * @param expected the peer; empty if any will do
     * @param fresh    from a port of its own, not from one that is listened on
     */
    private record Order(Optional<PeerId> expected, Cause cause, boolean fresh) {
    }

    private record Shared(Cause cause, Collection<Multiaddr> addresses, CompletableFuture<SwitchConnection> future) {

        /** Whether its failure tells all about what another dial would do. */
        boolean covers(Shared other) {
            return cause.compareTo(other.cause) <= 0 && addresses.containsAll(other.addresses());
        }
    }

    private final List<Transport> transports = new CopyOnWriteArrayList<>();
    private final ConcurrentHashMap<PeerId, Shared> dialling = new ConcurrentHashMap<>();
    private final HostOptions options;
    private final Function<Transport, List<Multiaddr>> listening;
    private final Permit permit;
    private final Upgrade upgrade;
    private final DialRules rules;

    /** @param listening gives the addresses that a transport is bound to */
    Dialer(HostOptions options, DialRules rules, Function<Transport, List<Multiaddr>> listening, Permit permit,
            Upgrade upgrade) {
        this.options = options;
        this.rules = rules;
        this.listening = listening;
        this.permit = permit;
        this.upgrade = upgrade;
    }

    void add(Transport transport) {
        transports.add(transport);
    }

    void remove(Transport transport) {
        transports.remove(transport);
    }

    boolean uses(Transport transport) {
        return transports.contains(transport);
    }

    /** Dials a peer, or joins a dial that is under way and tries the same addresses. Blocks. */
    SwitchConnection dial(PeerId peer, Collection<Multiaddr> addresses, Cause cause) throws IOException {
        var order = new Order(Optional.of(peer), cause, false);
        var mine = new Shared(cause, List.copyOf(addresses), new CompletableFuture<>());
        Shared other = dialling.putIfAbsent(peer, mine);
        if (other != null) {
            try {
                return await(other.future());
            } catch (IOException e) {
                if (other.covers(mine)) {
                    throw e;
                }
                return race(order, addresses);
            }
        }
        try {
            SwitchConnection connection = race(order, addresses);
            mine.future().complete(connection);
            return connection;
        } catch (IOException | RuntimeException e) {
            mine.future().completeExceptionally(e);
            throw e;
        } finally {
            dialling.remove(peer, mine);
        }
    }

    /** Dials one address that a person has named, whoever is there. Blocks. */
    SwitchConnection dial(Multiaddr address) throws IOException {
        return race(new Order(Optional.empty(), Cause.PERSON, false), List.of(address));
    }

    /** Dials a peer from a new port, whatever dials of it are under way, and never over a relay. Blocks. */
    SwitchConnection dialFresh(PeerId peer, Collection<Multiaddr> addresses) throws IOException {
        List<Multiaddr> direct = addresses.stream().filter(a -> !a.has(Protocol.P2P_CIRCUIT)).toList();
        return race(new Order(Optional.of(peer), Cause.CONNECTION, true), direct);
    }

    /** Dials a peer that there is a connection with, as a usual dial does that nobody waits for. Blocks. */
    SwitchConnection dialBeside(PeerId peer, Collection<Multiaddr> addresses) throws IOException {
        return race(new Order(Optional.of(peer), Cause.USE, false), addresses);
    }

    /** A connection with a peer is there: whatever failed is worth a try again. */
    void connected(PeerId peer) {
        rules.backoff().worked(peer);
    }

    private SwitchConnection await(CompletableFuture<SwitchConnection> future) throws IOException {
        try {
            return future.get(2 * options.dialTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("no connection within the time limit");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    private SwitchConnection race(Order order, Collection<Multiaddr> addresses) throws IOException {
        long start = System.nanoTime();
        long limit = options.dialTimeout().toNanos();
        var reasons = new LinkedHashMap<Multiaddr, String>();
        List<DialTargets.Target> targets = new DialTargets(rules, a -> transport(a) != null, order.expected(), reasons)
                .gated(order.cause() != Cause.PERSON).patient(order.cause() == Cause.USE)
                .of(addresses, options.dialTimeout());
        Object turnOf = order.expected().isPresent() ? order.expected().get() : new Object();
        var finished = new LinkedBlockingQueue<Attempt>();
        var underWay = new ArrayList<Attempt>();
        long begun = System.nanoTime();
        long ahead = 0;
        int next = 0;
        try {
            while (next < targets.size() || !underWay.isEmpty()) {
                if (underWay.isEmpty()) {
                    // All before it have failed: the next one starts now, and those behind it as much earlier.
                    ahead = Math.max(ahead, targets.get(next).delay().toNanos() - (System.nanoTime() - begun));
                }
                long since = System.nanoTime() - begun + ahead;
                while (next < targets.size() && targets.get(next).delay().toNanos() <= since) {
                    underWay.add(attempt(targets.get(next++), order, turnOf, finished));
                }
                long left = limit - (System.nanoTime() - start);
                long wait = next < targets.size() ? Math.min(left, targets.get(next).delay().toNanos() - since) : left;
                Attempt done = finished.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
                if (done != null) {
                    underWay.remove(done);
                    if (!done.future().isCompletedExceptionally()) {
                        return done.future().join();
                    }
                    failed(order, done, reasons);
                } else if (left <= 0) {
                    late(order, underWay, reasons);
                    break;
                }
            }
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            underWay.forEach(a -> giveUp(a.future()));
        }
        throw new DialException(order.expected().map(PeerId::toString).orElse("the peer"), reasons);
    }

    private void failed(Order order, Attempt attempt, Map<Multiaddr, String> reasons) {
        reasons.put(attempt.address(), reason(attempt.future()));
        if (order.cause() == Cause.USE) {
            order.expected().ifPresent(peer -> rules.backoff().failed(peer, attempt.address()));
        }
    }

    private void late(Order order, List<Attempt> attempts, Map<Multiaddr, String> reasons) {
        String late = "no answer within " + options.dialTimeout().toSeconds() + " s";
        for (Attempt attempt : attempts) {
            reasons.put(attempt.address(), late);
            if (order.cause() == Cause.USE) {
                order.expected().ifPresent(peer -> rules.backoff().failed(peer, attempt.address()));
            }
        }
    }

    /** What a transport is given: without the peer at the end, but a relay has to be told whom to connect with. */
    static Multiaddr dialled(Multiaddr address, Optional<PeerId> expected) {
        if (!address.has(Protocol.P2P_CIRCUIT)) {
            return address.withoutPeer();
        }
        boolean named = address.peer().isPresent() || address.toBytes().length > Multiaddr.MAX_BYTES - MAX_PEER;
        return named ? address : expected.map(address::withPeer).orElse(address);
    }

    /** The transport that can dial an address; null if there is none. */
    @Nullable Transport transport(Multiaddr address) {
        return transports.stream().filter(t -> t.canDial(address)).findFirst().orElse(null);
    }

    /** Begins an attempt, or lines it up. */
    private Attempt attempt(DialTargets.Target target, Order order, Object turnOf,
            LinkedBlockingQueue<Attempt> finished) {
        var attempt = new Attempt(target);
        var turn = new CompletableFuture<Registration>();
        attempt.future().whenComplete((connection, failure) -> {
            attempt.end();
            turn.thenAccept(Registration::close);
            finished.add(attempt);
        });
        List<Multiaddr> from = from(target, order); // now, since the turn may come on an event loop, where nothing may wait
        try {
            turn.complete(rules.slots().enter(turnOf, () -> begin(attempt, order, from)));
        } catch (IllegalStateException e) {
            attempt.future().completeExceptionally(new IOException(e.getMessage(), e));
        }
        return attempt;
    }

    private List<Multiaddr> from(DialTargets.Target target, Order order) {
        Transport transport = transport(target.address());
        return transport == null || order.fresh() ? List.of() : listening.apply(transport);
    }

    private void begin(Attempt attempt, Order order, List<Multiaddr> from) {
        CompletableFuture<SwitchConnection> future = attempt.future();
        Multiaddr address = attempt.address();
        Transport transport = transport(address);
        if (transport == null) {
            future.completeExceptionally(new IOException("no transport for it any more"));
            return;
        }
        ConnectionLease lease;
        try {
            lease = permit.leave(attempt.target().expected(), address);
        } catch (IOException e) {
            future.completeExceptionally(e);
            return;
        }
        Optional<CompletableFuture<Link>> link;
        try {
            link = attempt.dial(() -> transport.dial(address, from));
        } catch (RuntimeException e) {
            lease.close();
            future.completeExceptionally(e);
            return;
        }
        if (link.isEmpty()) {
            lease.close();
            return;
        }
        link.get().whenComplete((made, failure) -> {
            if (failure != null) {
                lease.close();
                future.completeExceptionally(failure);
            } else if (future.isDone()) {
                lease.close();
                made.channel().close();
            } else {
                Optional<PeerId> expected = attempt.target().expected();
                boolean metByChance = isFrom(made, from);
                upgrade(new Upgrader.Order(made, transport, true, expected, lease), future, why -> {
                    if (metByChance && why instanceof FormatException) {
                        begin(attempt, order, List.of());
                    } else {
                        future.completeExceptionally(why);
                    }
                });
            }
        });
    }

    /**
     * Whether a link comes from a port that is listened on. If the peer has dialled from such a port at the same moment,
     * both have dialled this very link, and neither understands the other: then each tries again from another port.
     */
    private static boolean isFrom(Link link, List<Multiaddr> from) {
        int port = port(link.localAddress());
        return port != 0 && from.stream().anyMatch(own -> port(own) == port);
    }

    private static int port(Multiaddr address) {
        return address.socketAddress().map(InetSocketAddress::getPort).orElse(0);
    }

    private void upgrade(Upgrader.Order order, CompletableFuture<SwitchConnection> into, Consumer<Throwable> failed) {
        CompletableFuture<SwitchConnection> upgraded = upgrade.upgrade(order);
        upgraded.whenComplete((connection, failure) -> {
            if (failure != null) {
                failed.accept(failure);
            } else if (!into.complete(connection)) {
                connection.close();
            }
        });
        into.whenComplete((connection, failure) -> {
            if (failure != null) {
                upgraded.cancel(false);
            }
        });
    }

    /** Gives up an attempt; a connection that came nevertheless is one too many. */
    private static void giveUp(CompletableFuture<SwitchConnection> attempt) {
        if (!attempt.cancel(false) && !attempt.isCompletedExceptionally()) {
            attempt.join().close();
        }
    }

    private static String reason(CompletableFuture<SwitchConnection> failed) {
        Throwable why = failed.exceptionNow();
        while (why instanceof CompletionException && why.getCause() != null) {
            why = why.getCause();
        }
        if (why instanceof ConnectException) {
            return "connection refused";
        }
        return why.getMessage() != null ? why.getMessage() : why.toString();
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while dialling");
    }
}
