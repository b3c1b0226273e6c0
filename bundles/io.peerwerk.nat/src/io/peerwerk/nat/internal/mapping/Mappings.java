// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.mapping;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.Registration;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.nat.PortMapping;
import io.peerwerk.nat.internal.IpScope;
import io.peerwerk.nat.internal.Pulse;
import io.peerwerk.nat.internal.mapping.LeaseModel.Action;
import io.peerwerk.nat.internal.mapping.LeaseModel.Lease;
import io.peerwerk.transport.spi.Swarm;

/**
 * Port mapping at work, on a thread of its own: asks the router for the ports that this peer listens on at private
 * addresses, announces the outer addresses, and gives the ports back at the end.
 */
public final class Mappings implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Mappings.class);
    private static final int MAX_DOUBLINGS = 4;

    /** Makes a way to ask a router, if there is one. */
    private interface Way {
        PortMapper open() throws IOException;
    }

    private final Swarm swarm;
    private final MappingOptions options;
    private final Predicate<Multiaddr> refuted;
    private final Runnable changed;
    private final InstantSource clock = InstantSource.system();
    private final SecureRandom random = new SecureRandom();
    private final LeaseModel model = new LeaseModel(random);
    private final Map<Multiaddr, Registration> announced = new HashMap<>();
    private final Pulse pulse;
    private volatile List<PortMapping> mapped = List.of();
    private @Nullable PortMapper mapper;
    private Instant search = Instant.MIN;
    private int searches;

    /**
     * Begins at once.
     *
     * @param refuted whether an address is known not to be reached, and so is not to be announced
     * @param changed called on a thread of this object's own when other ports are mapped
     */
    public Mappings(Swarm swarm, MappingOptions options, Predicate<Multiaddr> refuted, Runnable changed) {
        this.swarm = swarm;
        this.options = options;
        this.refuted = refuted;
        this.changed = changed;
        this.pulse = new Pulse("port-mapping", clock, this::turn).start();
    }

    /** What is mapped now. */
    public List<PortMapping> mapped() {
        return mapped;
    }

    /** Addresses may be other ones, or known to be reached or not. */
    public void hurry() {
        pulse.hurry();
    }

    private Instant turn() throws InterruptedException {
        Instant now = clock.instant();
        model.wanted(ports(), now);
        Optional<Action> action = model.next(now);
        if (action.isPresent() && (mapper != null || now.isAfter(search) && find(action.get()))) {
            while (action.isPresent() && mapper != null) {
                act(mapper, action.get());
                now = clock.instant();
                action = model.next(now);
            }
        }
        announce(now);
        return now.plus(options.check());
    }

    private void act(PortMapper by, Action action) throws InterruptedException {
        try {
            switch (action) {
                case Action.Map map -> {
                    Grant grant = by.map(map.port(), map.external(), LeaseModel.LIFETIME);
                    LOG.debug("{}: {} is {}", by.name(), map.port(), grant);
                    model.granted(map.port(), grant, clock.instant());
                }
                case Action.Unmap unmap -> {
                    by.unmap(unmap.port(), unmap.external());
                    model.released(unmap.port());
                }
            }
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("closed");
            }
            LOG.debug("{}: {} cannot be changed: {}", by.name(), action.port(), e.getMessage());
            if (action instanceof Action.Unmap) {
                model.released(action.port());
            } else {
                model.failed(action.port(), clock.instant());
            }
            if (model.leases(clock.instant()).isEmpty()) {
                leave();
            }
        }
    }

    /** Looks for a router: the first of the ways that grants something is the one that is used from now on. */
    private boolean find(Action first) throws InterruptedException {
        if (!(first instanceof Action.Map wish)) {
            model.released(first.port());
            return false;
        }
        for (Way way : ways()) {
            try {
                PortMapper candidate = way.open();
                if (grants(candidate, wish)) {
                    mapper = candidate;
                    searches = 0;
                    return true;
                }
                candidate.close();
            } catch (IOException e) {
                LOG.debug("no router: {}", e.getMessage());
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("closed");
            }
        }
        search = clock.instant().plus(options.again().multipliedBy(1L << Math.min(searches++, MAX_DOUBLINGS)));
        return false;
    }

    private boolean grants(PortMapper candidate, Action.Map wish) {
        try {
            model.granted(wish.port(), candidate.map(wish.port(), wish.external(), LeaseModel.LIFETIME),
                    clock.instant());
            LOG.info("the router maps ports for this peer, over {}", candidate.name());
            return true;
        } catch (IOException e) {
            LOG.debug("{}: {}", candidate.name(), e.getMessage());
            return false;
        }
    }

    private List<Way> ways() {
        var ways = new ArrayList<Way>();
        if (options.pcp()) {
            options.gateway().ifPresent(gateway -> {
                ways.add(() -> new PcpMapper(gateway, options.tries(), clock, random));
                ways.add(() -> new NatPmpMapper(gateway, options.tries(), clock));
            });
        }
        if (options.upnp()) {
            ways.add(() -> UpnpMapper.find(options.search(), random));
        }
        return ways;
    }

    /** The router is given up; another may be there. */
    private void leave() {
        PortMapper last = mapper;
        if (last != null) {
            last.close();
            mapper = null;
            model.forget(clock.instant());
            search = clock.instant().plus(options.again());
        }
    }

    // ---- ports and addresses

    private Set<Port> ports() {
        var ports = new LinkedHashSet<Port>();
        swarm.bound().forEach(address -> port(address).ifPresent(ports::add));
        return ports;
    }

    /** The port of an address that a router is needed for: IPv4, neither public nor of this machine alone. */
    private Optional<Port> port(Multiaddr address) {
        Optional<InetSocketAddress> socket = address.has(Protocol.P2P_CIRCUIT) ? Optional.empty()
                : address.socketAddress();
        InetAddress ip = socket.map(InetSocketAddress::getAddress).orElse(null);
        boolean inside = ip instanceof Inet4Address && (options.anyScope()
                || !IpScope.isPublic(ip) && !ip.isLoopbackAddress() && !ip.isLinkLocalAddress());
        return inside ? Optional.of(new Port(address.has(Protocol.TCP) ? Port.Transport.TCP : Port.Transport.UDP,
                socket.orElseThrow().getPort())) : Optional.empty();
    }

    private void announce(Instant now) {
        List<Lease> leases = model.leases(now);
        var wanted = new LinkedHashSet<Multiaddr>();
        for (Lease lease : leases) {
            InetSocketAddress external = lease.external();
            if (options.anyScope() || IpScope.isPublic(external.getAddress())) {
                swarm.bound().stream().filter(bound -> port(bound).filter(lease.port()::equals).isPresent())
                        .map(bound -> bound.withSocket(external)).filter(refuted.negate()).forEach(wanted::add);
            }
        }
        announced.entrySet().removeIf(each -> {
            boolean gone = !wanted.contains(each.getKey());
            if (gone) {
                each.getValue().close();
            }
            return gone;
        });
        wanted.forEach(address -> announced.computeIfAbsent(address, swarm::announce));
        publish(leases);
    }

    private void publish(List<Lease> leases) {
        PortMapper by = mapper;
        List<PortMapping> current = by == null ? List.of() : leases.stream().map(lease -> new PortMapping(
                lease.port().transport().name().toLowerCase(Locale.ROOT), lease.port().number(),
                lease.external(), by.name(), lease.until())).toList();
        if (!current.equals(mapped)) {
            mapped = current;
            changed.run();
        }
    }

    /** Gives the ports back, as far as the router answers within a few seconds. */
    @Override
    public void close() {
        pulse.close();
        announced.values().forEach(Registration::close);
        announced.clear();
        PortMapper last = mapper;
        if (last != null) {
            Instant now = clock.instant();
            model.wanted(Set.of(), now);
            Instant end = now.plus(Duration.ofSeconds(2));
            for (Optional<Action> rest = model.next(now); rest.isPresent() && clock.instant().isBefore(end);
                    rest = model.next(now)) {
                giveBack(last, rest.get());
            }
            last.close();
        }
    }

    private void giveBack(PortMapper last, Action action) {
        try {
            last.unmap(action.port(), action instanceof Action.Unmap unmap ? unmap.external() : 0);
        } catch (IOException e) {
            LOG.debug("{}: {} is not given back: {}", last.name(), action.port(), e.getMessage());
        }
        model.released(action.port());
    }
}
