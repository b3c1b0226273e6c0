// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.transport.spi.Swarm.Observation;
import io.peerwerk.transport.spi.Swarm.Translation;

/**
 * Where others see this peer. Each peer tells the address that a connection with it comes from; only if the connection
 * uses a port that is listened on, others can be told of that address.
 *
 * <p>What is counted are votes: one for each network that peers are in and each address listened on, the latest one. So
 * somebody with many identities on one machine has one voice. A network is one IPv4 address, or the 56 bits of an IPv6
 * address that a customer gets. A vote counts while a connection stands behind it, and some time longer, since short
 * visits must add up to an opinion. Thread-safe.
 */
final class ObservedAddresses {

    /** How long a vote counts after its last connection has gone. */
    static final Duration KEPT = Duration.ofMinutes(40);

    /** Votes at most, as many as connections in the standard settings; the oldest gives way. */
    static final int MAX_VOTES = 1024;

    /** Addresses that are told for each address listened on. */
    static final int MAX_EACH = 3;

    private static final int SITE_BYTES = 7;

    /**
     * What the peer of a connection says.
     *
     * @param bound   this end's address, which is listened on
     * @param remote  the other end's address
     * @param dialled whether this peer dialled
     * @param seen    where the other end sees this one
     */
    record Sighting(Multiaddr bound, Multiaddr remote, boolean dialled, Multiaddr seen) {
    }

    private record Voter(String network, Multiaddr bound) {
    }

    private static final class Vote {

        private final Set<Object> connections = Collections.newSetFromMap(new IdentityHashMap<>(2));
        private Multiaddr address;
        private boolean dialled;
        private Instant last;

        private Vote(Multiaddr address, boolean dialled, Instant last) {
            this.address = address;
            this.dialled = dialled;
            this.last = last;
        }
    }

    private final InstantSource clock;
    private final LinkedHashMap<Voter, Vote> votes = new LinkedHashMap<>();
    private final Map<Object, Voter> voters = new IdentityHashMap<>();

    ObservedAddresses(InstantSource clock) {
        this.clock = clock;
    }

    /** Counts what the peer of a connection says; what cannot be an address for others is passed over. */
    synchronized void saw(Object connection, Sighting sighting) {
        Optional<String> network = network(sighting.remote());
        Optional<Multiaddr> address = outside(sighting);
        if (network.isEmpty() || address.isEmpty()) {
            return;
        }
        closed(connection);
        expire();
        var voter = new Voter(network.get(), sighting.bound());
        Vote vote = votes.remove(voter);
        if (vote == null) {
            vote = new Vote(address.get(), sighting.dialled(), clock.instant());
        }
        vote.address = address.get();
        vote.dialled = sighting.dialled();
        vote.last = clock.instant();
        vote.connections.add(connection);
        votes.put(voter, vote);
        voters.put(connection, voter);
        if (votes.size() > MAX_VOTES) {
            votes.remove(votes.keySet().iterator().next());
        }
    }

    /** A connection has gone; its vote counts for a while yet. */
    synchronized void closed(Object connection) {
        Voter voter = voters.remove(connection);
        Vote vote = voter == null ? null : votes.get(voter);
        if (vote != null && vote.connections.remove(connection)) {
            vote.last = clock.instant();
        }
    }

    /** The addresses that differ from those listened on, with the number of votes for each. */
    synchronized List<Observation> all() {
        expire();
        var counts = new LinkedHashMap<Multiaddr, Map<Multiaddr, Integer>>();
        votes.forEach((voter, vote) -> {
            if (!vote.address.equals(voter.bound())) {
                counts.computeIfAbsent(voter.bound(), b -> new LinkedHashMap<>()).merge(vote.address, 1, Integer::sum);
            }
        });
        Comparator<Observation> mostFirst = Comparator.comparing(Observation::peers).reversed();
        return counts.entrySet().stream()
                .flatMap(bound -> bound.getValue().entrySet().stream()
                        .map(seen -> new Observation(seen.getKey(), bound.getKey(), seen.getValue()))
                        .sorted(mostFirst).limit(MAX_EACH))
                .sorted(mostFirst).toList();
    }

    /**
     * What a translator does with sockets of a transport, seen from peers that were dialled from a port listened on:
     * two that see the same outer port are enough to say that it does not depend on them.
     */
    synchronized Translation translation(Protocol transport) {
        expire();
        var ports = new HashMap<Object, Map<Integer, Integer>>();
        int plain = 0;
        for (Map.Entry<Voter, Vote> entry : votes.entrySet()) {
            Multiaddr bound = entry.getKey().bound();
            Multiaddr address = entry.getValue().address;
            if (!entry.getValue().dialled || !bound.has(transport)) {
                continue;
            }
            if (address.equals(bound)) {
                plain++;
            } else {
                InetSocketAddress outside = address.socketAddress().orElseThrow();
                ports.computeIfAbsent(List.of(bound, outside.getAddress()), k -> new HashMap<>())
                        .merge(outside.getPort(), 1, Integer::sum);
            }
        }
        if (ports.isEmpty()) {
            return plain > 1 ? Translation.ENDPOINT_INDEPENDENT : Translation.UNKNOWN;
        }
        Map<Integer, Integer> most = Collections.max(ports.values(), Comparator.comparing(ObservedAddresses::total));
        if (total(most) < 2) {
            return Translation.UNKNOWN;
        }
        return Collections.max(most.values()) > 1 ? Translation.ENDPOINT_INDEPENDENT : Translation.ENDPOINT_DEPENDENT;
    }

    private static int total(Map<Integer, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void expire() {
        Instant before = clock.instant().minus(KEPT);
        votes.values().removeIf(vote -> vote.connections.isEmpty() && vote.last.isBefore(before));
    }

    /** The network of an observer; empty for one that is on this machine or comes over a relay. */
    private static Optional<String> network(Multiaddr remote) {
        return ip(remote).filter(ip -> !ip.isLoopbackAddress()).map(ip -> {
            byte[] bytes = ip.getAddress();
            return ip instanceof Inet6Address ? "6" + Arrays.toString(Arrays.copyOf(bytes, SITE_BYTES))
                    : "4" + Arrays.toString(bytes);
        });
    }

    /** The address for others: what is listened on, with the socket that the peer sees. */
    private static Optional<Multiaddr> outside(Sighting sighting) {
        Multiaddr seen = sighting.seen();
        Multiaddr bound = sighting.bound();
        Optional<InetAddress> here = ip(bound);
        Optional<InetAddress> there = ip(seen).filter(ip -> !ip.isAnyLocalAddress() && !ip.isLoopbackAddress()
                && !ip.isLinkLocalAddress() && !ip.isMulticastAddress());
        boolean alike = here.map(InetAddress::getClass).equals(there.map(InetAddress::getClass))
                && bound.has(Protocol.UDP) == seen.has(Protocol.UDP);
        InetSocketAddress socket = seen.socketAddress().orElse(null);
        return there.isPresent() && alike && socket != null && socket.getPort() != 0
                ? Optional.of(bound.withSocket(socket)) : Optional.empty();
    }

    private static Optional<InetAddress> ip(Multiaddr address) {
        return address.has(Protocol.P2P_CIRCUIT) ? Optional.empty()
                : address.socketAddress().map(InetSocketAddress::getAddress);
    }
}
