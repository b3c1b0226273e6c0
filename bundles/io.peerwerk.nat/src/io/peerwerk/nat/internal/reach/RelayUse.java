// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.reach;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.nat.Reach;
import io.peerwerk.nat.internal.IpScope;
import io.peerwerk.nat.internal.PeerProtocols;
import io.peerwerk.nat.internal.Pulse;
import io.peerwerk.nat.internal.reach.RelayChooser.Action;
import io.peerwerk.nat.internal.reach.RelayChooser.Relay;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.spi.Swarm;

/** Relays in use, chosen and replaced on a thread of its own. */
final class RelayUse implements AutoCloseable {

    /** What relays speak. */
    static final String HOP = "/libp2p/circuit/relay/0.2.0/hop";

    private static final Logger LOG = LoggerFactory.getLogger(RelayUse.class);
    private static final Multiaddr CIRCUIT = Multiaddr.of("/p2p-circuit");

    /** Relays whose round trip is measured in one turn at most. */
    private static final int MAX_MEASURED = 16;

    /** A reservation that is in use. */
    private record Used(Multiaddr way, Registration registration, Instant seen) {

        Used seenAt(Instant now) {
            return new Used(way, registration, now);
        }
    }

    /**
     * The settings.
     *
     * @param relays   how many relays to be reached through; 0 for none at all
     * @param anyScope whether relays may have private addresses; for tests on one machine
     * @param check    how often it is looked after
     * @param patience how long a reservation that is lost is left to come back by itself
     */
    record Options(int relays, boolean anyScope, Duration check, Duration patience) {
    }

    private final Host host;
    private final Swarm swarm;
    private final PeerProtocols peers;
    private final Options options;
    private final Supplier<Reach> reach;
    private final Runnable changed;
    private final InstantSource clock = InstantSource.system();
    private final RelayChooser chooser;
    private final Map<PeerId, Used> used = new HashMap<>();
    private final Pulse pulse;
    private volatile List<Multiaddr> ways = List.of();

    RelayUse(Host host, Swarm swarm, PeerProtocols peers, Options options, Supplier<Reach> reach, Runnable changed) {
        this.host = host;
        this.swarm = swarm;
        this.peers = peers;
        this.options = options;
        this.reach = reach;
        this.changed = changed;
        this.chooser = new RelayChooser(options.relays());
        this.pulse = new Pulse("relay-use", clock, this::turn).start();
    }

    /** The addresses through relays that this peer listens on now. */
    List<Multiaddr> ways() {
        return ways;
    }

    /** Peers have come or gone, or it is known whether this peer is reached. */
    void hurry() {
        pulse.hurry();
    }

    private Instant turn() {
        replaceLost();
        Reach now = reach.get();
        List<Relay> relays = now == Reach.PRIVATE && used.size() < options.relays() ? relays() : List.of();
        for (Optional<Action> action = next(now, relays); action.isPresent(); action = next(now, relays)) {
            switch (action.get()) {
                case Action.Listen listen -> listen(listen.relay());
                case Action.Drop drop -> {
                    chooser.dropped(drop.relay());
                    end(drop.relay());
                }
            }
        }
        publish();
        return clock.instant().plus(options.check());
    }

    private Optional<Action> next(Reach now, List<Relay> relays) {
        return Thread.currentThread().isInterrupted() ? Optional.empty() : chooser.next(now, relays, clock.instant());
    }

    private void listen(Relay relay) {
        Multiaddr way = relay.address().withPeer(relay.peer()).encapsulate(CIRCUIT);
        try {
            used.put(relay.peer(), new Used(way, swarm.listenOn(way), clock.instant()));
            chooser.listening(relay);
            LOG.info("reached through the relay {}", relay.peer());
        } catch (IOException e) {
            LOG.debug("{} does not relay for this peer: {}", relay.peer(), e.getMessage());
            chooser.failed(relay.peer(), clock.instant());
        }
    }

    /** A reservation renews itself; one that has been gone for a while does not. */
    private void replaceLost() {
        Instant now = clock.instant();
        List<Multiaddr> open = swarm.bound();
        for (Map.Entry<PeerId, Used> each : List.copyOf(used.entrySet())) {
            if (open.contains(each.getValue().way())) {
                used.put(each.getKey(), each.getValue().seenAt(now));
            } else if (each.getValue().seen().plus(options.patience()).isBefore(now)) {
                LOG.info("the relay {} is lost", each.getKey());
                chooser.failed(each.getKey(), now);
                end(each.getKey());
            }
        }
    }

    private void end(PeerId relay) {
        Used over = used.remove(relay);
        if (over != null) {
            over.registration().close();
        }
    }

    private void publish() {
        List<Multiaddr> open = swarm.bound();
        List<Multiaddr> current = used.values().stream().map(Used::way).filter(open::contains).sorted(
                Comparator.comparing(Multiaddr::toString)).toList();
        if (!current.equals(ways)) {
            ways = current;
            changed.run();
        }
    }

    private List<Relay> relays() {
        var relays = new ArrayList<Relay>();
        for (Connection connection : peers.speaking(HOP)) {
            if (relays.size() < MAX_MEASURED && !used.containsKey(connection.peer())) {
                relay(connection).ifPresent(relays::add);
            }
        }
        return relays;
    }

    private Optional<Relay> relay(Connection connection) {
        Optional<Multiaddr> address = dialled(connection);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        try {
            InetAddress ip = ip(address.get()).orElseThrow();
            return Optional.of(new Relay(connection.peer(), address.get(), IpScope.network(ip),
                    host.ping(connection.peer())));
        } catch (IOException e) {
            LOG.debug("the relay {} does not answer: {}", connection.peer(), e.toString());
            return Optional.empty();
        }
    }

    /** Where others reach the relay: the address that was dialled, or one that it is known at if it has dialled. */
    private Optional<Multiaddr> dialled(Connection connection) {
        var addresses = new ArrayList<Multiaddr>();
        if (connection.initiator()) {
            addresses.add(connection.remoteAddress());
        }
        host.known(connection.peer()).forEach(address -> addresses.add(address.withoutPeer()));
        return addresses.stream().filter(a -> ip(a).filter(ip -> options.anyScope() || IpScope.isPublic(ip)).isPresent())
                .findFirst();
    }

    private static Optional<InetAddress> ip(Multiaddr address) {
        return address.has(Protocol.P2P_CIRCUIT) ? Optional.empty()
                : address.socketAddress().map(InetSocketAddress::getAddress);
    }

    @Override
    public void close() {
        pulse.close();
        List.copyOf(used.keySet()).forEach(this::end);
    }
}
