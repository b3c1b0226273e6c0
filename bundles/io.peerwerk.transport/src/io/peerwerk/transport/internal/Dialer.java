// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
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
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.transport.DialException;
import io.peerwerk.transport.internal.limits.ConnectionLease;
import io.peerwerk.transport.spi.Link;
import io.peerwerk.transport.spi.Swarm;
import io.peerwerk.transport.spi.Transport;

/**
 * Dials peers. The addresses of a peer start one after the other, each with a short head start over the next; the first
 * that becomes a connection wins and the others are given up. Callers that want the same peer at the same time share
 * one dial.
 */
final class Dialer {

    /** Addresses that one dial tries at most: a peer can claim any number, each costs a socket. */
    static final int MAX_ADDRESSES = 16;

    /** Turns a link into a connection that is in the table. */
    @FunctionalInterface
    interface Upgrade {
        CompletableFuture<SwitchConnection> upgrade(Upgrader.Order order);
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
     * @param mode     null for a usual dial
     */
    private record Order(Optional<PeerId> expected, Swarm.@Nullable Mode mode) {

        boolean initiator() {
            return mode != Swarm.Mode.MEET_AS_RESPONDER;
        }
    }

    private record Attempt(Multiaddr address, CompletableFuture<SwitchConnection> future) {
    }

    private record Shared(Collection<Multiaddr> addresses, CompletableFuture<SwitchConnection> future) {
    }

    private final List<Transport> transports = new CopyOnWriteArrayList<>();
    private final ConcurrentHashMap<PeerId, Shared> dialling = new ConcurrentHashMap<>();
    private final HostOptions options;
    private final Function<Transport, List<Multiaddr>> listening;
    private final Permit permit;
    private final Upgrade upgrade;

    /** @param listening gives the addresses that a transport is bound to */
    Dialer(HostOptions options, Function<Transport, List<Multiaddr>> listening, Permit permit, Upgrade upgrade) {
        this.options = options;
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
    SwitchConnection dial(PeerId peer, Collection<Multiaddr> addresses) throws IOException {
        var mine = new Shared(List.copyOf(addresses), new CompletableFuture<>());
        Shared other = dialling.putIfAbsent(peer, mine);
        if (other != null) {
            try {
                return await(other.future());
            } catch (IOException e) {
                if (other.addresses().containsAll(mine.addresses())) {
                    throw e;
                }
                return race(new Order(Optional.of(peer), null), addresses);
            }
        }
        try {
            SwitchConnection connection = race(new Order(Optional.of(peer), null), addresses);
            mine.future().complete(connection);
            return connection;
        } catch (IOException | RuntimeException e) {
            mine.future().completeExceptionally(e);
            throw e;
        } finally {
            dialling.remove(peer, mine);
        }
    }

    /** Dials one address, whoever is there. Blocks. */
    SwitchConnection dial(Multiaddr address) throws IOException {
        return race(new Order(Optional.empty(), null), List.of(address));
    }

    /** Dials a peer in a way of its own, whatever dials of it are under way, and never over a relay. Blocks. */
    SwitchConnection dial(PeerId peer, Collection<Multiaddr> addresses, Swarm.Mode mode) throws IOException {
        List<Multiaddr> direct = addresses.stream().filter(a -> !a.has(Protocol.P2P_CIRCUIT)).toList();
        return race(new Order(Optional.of(peer), mode), direct);
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
        Optional<PeerId> expected = order.expected();
        var reasons = new LinkedHashMap<Multiaddr, String>();
        List<Multiaddr> targets = targets(expected, addresses, reasons);
        var finished = new LinkedBlockingQueue<Attempt>();
        var underWay = new ArrayList<Attempt>();
        long deadline = System.nanoTime() + options.dialTimeout().toNanos();
        int next = 0;
        try {
            while (next < targets.size() || !underWay.isEmpty()) {
                if (next < targets.size()) {
                    underWay.add(attempt(targets.get(next++), order, finished));
                }
                long left = deadline - System.nanoTime();
                long wait = next < targets.size() ? Math.min(left, options.dialStagger().toNanos()) : left;
                Attempt done = finished.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
                if (done != null) {
                    underWay.remove(done);
                    if (!done.future().isCompletedExceptionally()) {
                        return done.future().join();
                    }
                    reasons.put(done.address(), reason(done.future()));
                } else if (left <= 0) {
                    String late = "no answer within " + options.dialTimeout().toSeconds() + " s";
                    underWay.forEach(a -> reasons.put(a.address(), late));
                    break;
                }
            }
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            underWay.forEach(a -> giveUp(a.future()));
        }
        throw new DialException(expected.map(PeerId::toString).orElse("the peer"), reasons);
    }

    /** The addresses to try; why others are not tried goes to the reasons. */
    private List<Multiaddr> targets(Optional<PeerId> expected, Collection<Multiaddr> addresses,
            Map<Multiaddr, String> reasons) {
        var targets = new ArrayList<Multiaddr>();
        for (Multiaddr address : addresses) {
            Multiaddr plain = address.withoutPeer();
            if (expected.isPresent() && address.peer().isPresent() && !address.peer().equals(expected)) {
                reasons.put(address, "the address names another peer");
            } else if (transport(plain) == null) {
                reasons.put(plain, "no transport for it");
            } else if (!targets.contains(plain) && targets.size() < MAX_ADDRESSES) {
                targets.add(plain);
            }
        }
        return targets;
    }

    private @Nullable Transport transport(Multiaddr address) {
        return transports.stream().filter(t -> t.canDial(address)).findFirst().orElse(null);
    }

    private Attempt attempt(Multiaddr address, Order order, LinkedBlockingQueue<Attempt> finished) {
        var future = new CompletableFuture<SwitchConnection>();
        CompletableFuture<Link> link = begin(address, order, future);
        var attempt = new Attempt(address, future);
        future.whenComplete((connection, failure) -> {
            link.cancel(false);
            finished.add(attempt);
        });
        return attempt;
    }

    private CompletableFuture<Link> begin(Multiaddr address, Order order, CompletableFuture<SwitchConnection> into) {
        Transport transport = transport(address);
        ConnectionLease lease;
        try {
            lease = permit.leave(order.expected(), address);
        } catch (IOException e) {
            into.completeExceptionally(e);
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<Link> link = transport != null ? dial(transport, address, order)
                : CompletableFuture.failedFuture(new IOException("no transport for it any more"));
        link.whenComplete((made, failure) -> {
            if (failure != null) {
                lease.close();
                into.completeExceptionally(failure);
            } else if (into.isDone()) {
                lease.close();
                made.channel().close();
            } else {
                upgrade(new Upgrader.Order(made, transport, order.initiator(), order.expected(), lease), into);
            }
        });
        return link;
    }

    private CompletableFuture<Link> dial(Transport transport, Multiaddr address, Order order) {
        List<Multiaddr> from = order.mode() == Swarm.Mode.FRESH ? List.of() : listening.apply(transport);
        return order.initiator() ? transport.dial(address, from) : transport.knock(address, from);
    }

    private void upgrade(Upgrader.Order order, CompletableFuture<SwitchConnection> into) {
        CompletableFuture<SwitchConnection> upgraded = upgrade.upgrade(order);
        upgraded.whenComplete((connection, failure) -> {
            if (failure != null) {
                into.completeExceptionally(failure);
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
