// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
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
import io.peerwerk.transport.spi.Transport;

/**
 * Meets a peer that dials this one at the same time, as a hole punch wants it: all addresses at once, and for the
 * responder a direct connection that the peer makes meanwhile is as good as one made from here.
 *
 * <p>Which connection stays is the initiator's choice alone: it closes what is one too many. Were both to choose, they
 * might choose differently, and neither connection would be left. So the responder leaves alone whatever has become a
 * link already.
 */
final class Meeting {

    /** The longest wait: a few retransmissions of a TCP SYN. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Addresses that are tried at most: a peer can claim any number, each costs a socket. */
    private static final int MAX_ADDRESSES = 16;

    private final ConcurrentMap<PeerId, CompletableFuture<SwitchConnection>> awaited = new ConcurrentHashMap<>();
    private final Function<Multiaddr, @Nullable Transport> transports;
    private final Function<Transport, List<Multiaddr>> listening;
    private final Dialer.Permit permit;
    private final Dialer.Upgrade upgrade;

    /**
     * @param transports gives the transport that can dial an address
     * @param listening  gives the addresses that a transport is bound to
     */
    Meeting(Function<Multiaddr, @Nullable Transport> transports, Function<Transport, List<Multiaddr>> listening,
            Dialer.Permit permit, Dialer.Upgrade upgrade) {
        this.transports = transports;
        this.listening = listening;
        this.permit = permit;
        this.upgrade = upgrade;
    }

    /** The peer has made a direct connection: if it is to be met, it has been. */
    void arrived(SwitchConnection connection) {
        CompletableFuture<SwitchConnection> waiting = awaited.get(connection.peer());
        if (waiting != null) {
            waiting.complete(connection);
        }
    }

    /** Meets a peer; blocks. */
    SwitchConnection meet(PeerId peer, Collection<Multiaddr> addresses, boolean initiator) throws IOException {
        List<Multiaddr> direct = addresses.stream().filter(a -> !a.has(Protocol.P2P_CIRCUIT))
                .filter(a -> a.peer().isEmpty() || a.peer().get().equals(peer)).map(Multiaddr::withoutPeer).distinct()
                .limit(MAX_ADDRESSES).toList();
        var met = new CompletableFuture<SwitchConnection>();
        if (!initiator) {
            awaited.computeIfAbsent(peer, p -> new CompletableFuture<>()).thenAccept(met::complete);
        }
        Round round = new Round(peer, initiator, met, new ConcurrentHashMap<>());
        List<CompletableFuture<?>> attempts = new ArrayList<>();
        try {
            direct.forEach(address -> attempts.addAll(attempt(round, address)));
            return await(round, direct);
        } finally {
            met.cancel(false);
            attempts.forEach(attempt -> attempt.cancel(false));
            if (!initiator) {
                awaited.remove(peer);
            }
        }
    }

    private record Round(PeerId peer, boolean initiator, CompletableFuture<SwitchConnection> met,
            Map<Multiaddr, String> reasons) {
    }

    /** Starts an attempt; gives what is to be cancelled in the end. */
    private List<CompletableFuture<?>> attempt(Round round, Multiaddr address) {
        Transport transport = transports.apply(address);
        if (transport == null) {
            round.reasons().put(address, "no transport for it");
            return List.of();
        }
        ConnectionLease lease;
        try {
            lease = permit.leave(Optional.of(round.peer()), address);
        } catch (IOException e) {
            round.reasons().put(address, String.valueOf(e.getMessage()));
            return List.of();
        }
        List<Multiaddr> from = listening.apply(transport);
        CompletableFuture<Link> link;
        try {
            link = round.initiator() ? transport.dial(address, from) : transport.knock(address, from);
        } catch (RuntimeException e) {
            lease.close();
            round.reasons().put(address, reason(e));
            return List.of();
        }
        link.whenComplete((made, failure) -> {
            if (failure != null) {
                lease.close();
            }
        });
        CompletableFuture<SwitchConnection> connection = link.thenCompose(made -> {
            if (round.met().isDone() && round.initiator()) {
                lease.close();
                made.channel().close();
                return CompletableFuture.failedFuture(new IOException("another address was faster"));
            }
            var order = new Upgrader.Order(made, transport, round.initiator(), Optional.of(round.peer()),
                    lease);
            return upgraded(order, round);
        });
        connection.whenComplete((made, failure) -> {
            if (failure != null) {
                round.reasons().put(address, reason(failure));
            } else if (!round.met().complete(made) && round.initiator()) {
                made.close();
            }
        });
        return List.of(link);
    }

    private CompletableFuture<SwitchConnection> upgraded(Upgrader.Order order, Round round) {
        CompletableFuture<SwitchConnection> upgraded = upgrade.upgrade(order);
        if (round.initiator()) {
            round.met().whenComplete((connection, failure) -> upgraded.cancel(false));
        }
        return upgraded;
    }

    private static SwitchConnection await(Round round, List<Multiaddr> addresses) throws IOException {
        try {
            return round.met().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while meeting a peer");
        } catch (TimeoutException | ExecutionException e) {
            var reasons = new LinkedHashMap<Multiaddr, String>();
            String late = "not met within " + PATIENCE.toSeconds() + " s";
            addresses.forEach(address -> reasons.put(address, round.reasons().getOrDefault(address, late)));
            throw new DialException(round.peer().toString(), reasons);
        }
    }

    private static String reason(Throwable failure) {
        Throwable why = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return why.getMessage() != null ? why.getMessage() : why.toString();
    }
}
