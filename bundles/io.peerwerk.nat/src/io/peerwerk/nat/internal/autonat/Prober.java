// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.autonat;

import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
import io.peerwerk.nat.internal.autonat.ReachabilityModel.Answer;
import io.peerwerk.nat.internal.autonat.ReachabilityModel.Probe;
import io.peerwerk.nat.internal.autonat.ReachabilityModel.Server;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.spi.Swarm;

/** AutoNAT at work: serves the requests of others, and asks them on a thread of its own. */
public final class Prober implements AutoCloseable {

    /** What is known. */
    public record Findings(Reach reach, Map<Multiaddr, Reach> addresses) {

        static final Findings NONE = new Findings(Reach.UNKNOWN, Map.of());
    }

    private static final Logger LOG = LoggerFactory.getLogger(Prober.class);

    private final Host host;
    private final Swarm swarm;
    private final PeerProtocols peers;
    private final AutonatOptions options;
    private final InstantSource clock;
    private final V1Client v1;
    private final V2Client v2;
    private final ReachabilityModel model;
    private final Pulse pulse;
    private final Runnable changed;
    private final List<Registration> serving = new ArrayList<>();
    private volatile Findings findings = Findings.NONE;

    /**
     * Begins at once.
     *
     * @param changed called on the prober's thread when the findings are other ones
     */
    public Prober(Host host, Swarm swarm, PeerProtocols peers, AutonatOptions options, Runnable changed) {
        this.host = host;
        this.swarm = swarm;
        this.peers = peers;
        this.options = options;
        this.clock = InstantSource.system();
        this.changed = changed;
        var random = new SecureRandom();
        this.v1 = new V1Client(host.id(), options);
        this.v2 = new V2Client(options, random);
        this.model = new ReachabilityModel(options, random, clock.instant());
        this.pulse = new Pulse("autonat-" + host.id().brief(), clock, this::turn);
        serving.add(host.handle(V2Client.DIAL_BACK, v2::takeDialBack));
        if (options.serve()) {
            var policy = new DialPolicy(swarm::bound, options.anyScope());
            serving.add(host.handle(V1Client.PROTOCOL, new V1Server(swarm, policy, options, clock)::serve));
            serving.add(host.handle(V2Client.DIAL_REQUEST, new V2Server(swarm, policy, options, clock, random)::serve));
        }
        pulse.start();
    }

    /** What is known now. */
    public Findings findings() {
        return findings;
    }

    /** Peers or addresses have changed. */
    public void hurry() {
        pulse.hurry();
    }

    private Instant turn() {
        Instant now = clock.instant();
        model.addresses(candidates(), now);
        model.hurry(now);
        Optional<Probe> probe = model.next(servers(), now);
        if (probe.isPresent()) {
            Answer answer = ask(probe.get());
            LOG.debug("{} on {}: {}", probe.get().server().peer(), probe.get().addresses(), answer);
            model.done(probe.get(), answer, clock.instant());
        }
        publish();
        return model.due();
    }

    private Answer ask(Probe probe) {
        Optional<Connection> connection = host.connection(probe.server().peer()).filter(c -> !c.relayed());
        try {
            if (connection.isPresent()) {
                return probe.version() == 1 ? v1.ask(connection.get(), probe.addresses())
                        : v2.ask(connection.get(), probe.addresses());
            }
        } catch (IOException e) {
            LOG.debug("no answer from {}: {}", probe.server().peer(), e.toString());
        }
        return new Answer.Nothing();
    }

    /** Where this peer may be reached: what it announces first, what others only claim to have seen last. */
    private List<Multiaddr> candidates() {
        var all = new LinkedHashSet<>(host.addresses());
        swarm.observed().forEach(seen -> all.add(seen.address()));
        return all.stream().filter(a -> !a.has(Protocol.P2P_CIRCUIT))
                .filter(a -> options.anyScope() || Addresses.isPublic(a)).toList();
    }

    private List<Server> servers() {
        var found = new LinkedHashMap<PeerId, Server>();
        for (Connection c : peers.speaking(V1Client.PROTOCOL)) {
            voter(c).ifPresent(voter -> found.put(c.peer(), new Server(c.peer(), voter, true, false)));
        }
        for (Connection c : peers.speaking(V2Client.DIAL_REQUEST)) {
            boolean both = found.containsKey(c.peer());
            voter(c).ifPresent(voter -> found.put(c.peer(), new Server(c.peer(), voter, both, true)));
        }
        return List.copyOf(found.values());
    }

    /** What stands for the owner of a peer; empty if it is on a network of this peer's own, where it proves nothing. */
    private Optional<String> voter(Connection connection) {
        if (options.anyScope()) {
            return Optional.of(connection.peer().toString());
        }
        Optional<InetAddress> ip = Addresses.ip(connection.remoteAddress());
        return ip.filter(IpScope::isPublic).map(IpScope::network);
    }

    private void publish() {
        Instant now = clock.instant();
        var found = new Findings(model.reach(now), Map.copyOf(model.reachOfEach(now)));
        Findings before = findings;
        findings = new Findings(found.reach(), model.reachOfEach(now));
        if (!found.equals(new Findings(before.reach(), Map.copyOf(before.addresses())))) {
            if (before.reach() != found.reach()) {
                LOG.info("other peers reach this one: {}", found.reach());
            }
            changed.run();
        }
    }

    @Override
    public void close() {
        serving.forEach(Registration::close);
        pulse.close();
    }
}
