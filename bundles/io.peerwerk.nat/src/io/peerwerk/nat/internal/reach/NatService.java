// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.reach;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.Registration;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.nat.PortMapping;
import io.peerwerk.nat.Reach;
import io.peerwerk.nat.Reachability;
import io.peerwerk.nat.ReachabilityMonitor;
import io.peerwerk.nat.internal.PeerProtocols;
import io.peerwerk.nat.internal.autonat.AutonatOptions;
import io.peerwerk.nat.internal.autonat.Prober;
import io.peerwerk.nat.internal.mapping.MappingOptions;
import io.peerwerk.nat.internal.mapping.Mappings;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.spi.Swarm;

/**
 * Finds out how a host is reached and sees to it that it is: AutoNAT, port mapping and the use of relays over one host,
 * from construction until {@link #close}. An address that others have seen is announced once AutoNAT has proved it.
 */
@Component(service = ReachabilityMonitor.class, configurationPid = NatService.PID, immediate = true)
public final class NatService implements ReachabilityMonitor, AutoCloseable {

    /** The configuration's name. Without one the defaults hold. */
    public static final String PID = "io.peerwerk.nat";

    /** Set to {@code off} in the environment, no router is asked for anything, whatever the configuration says. */
    public static final String ENVIRONMENT = "PEERWERK_PORT_MAPPING";

    /** The configuration. */
    public @interface Settings {

        /** Whether other peers are told if their addresses can be dialled; each time costs a handshake. */
        boolean serve() default true;

        /** Whether the router is asked for ports over PCP and NAT-PMP. */
        boolean pcp() default true;

        /** Whether the router is asked for ports over UPnP, which any program on the local network can do as well. */
        boolean upnp() default true;

        /** Relays to be reached through while nothing else helps; 0 for none. */
        int relays() default 2;
    }

    private static final Logger LOG = LoggerFactory.getLogger(NatService.class);
    private static final int MAX_RELAYS = 8;

    private final Swarm swarm;
    private final List<Consumer<Reachability>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Multiaddr, Registration> proved = new HashMap<>();
    private final PeerProtocols peers;
    private final Prober prober;
    private final @Nullable Mappings mappings;
    private final RelayUse relays;
    private volatile Reachability status = Reachability.UNKNOWN;
    private volatile boolean ready;
    private volatile boolean closed;

    /** The component. */
    @Activate
    public NatService(@Reference Host host, @Reference Swarm swarm, Settings settings) {
        this(host, swarm, AutonatOptions.standard().serving(settings.serve()), mapping(settings),
                new RelayUse.Options(Math.clamp(settings.relays(), 0, MAX_RELAYS), false, Duration.ofSeconds(10),
                        Duration.ofMinutes(1)));
    }

    /** @param mapping null for none */
    NatService(Host host, Swarm swarm, AutonatOptions autonat, @Nullable MappingOptions mapping,
            RelayUse.Options relaying) {
        this.swarm = swarm;
        this.peers = new PeerProtocols(host, this::hurry);
        this.prober = new Prober(host, swarm, peers, autonat, this::found);
        this.mappings = mapping == null ? null : new Mappings(swarm, mapping, this::isRefuted, this::found);
        this.relays = new RelayUse(host, swarm, peers, relaying, () -> prober.findings().reach(), this::changed);
        this.ready = true;
        found();
    }

    private static @Nullable MappingOptions mapping(Settings settings) {
        boolean off = "off".equalsIgnoreCase(System.getenv(ENVIRONMENT)) || !settings.pcp() && !settings.upnp();
        return off ? null : MappingOptions.standard().over(settings.pcp(), settings.upnp());
    }

    private boolean isRefuted(Multiaddr address) {
        return prober.findings().addresses().get(address) == Reach.PRIVATE;
    }

    /** Peers have come or gone. */
    private void hurry() {
        if (ready) {
            prober.hurry();
            relays.hurry();
        }
    }

    /** AutoNAT knows something else than before, or other ports are mapped. */
    private void found() {
        if (ready) {
            announceProved();
            if (mappings != null) {
                mappings.hurry();
            }
            prober.hurry();
            relays.hurry();
            changed();
        }
    }

    /** Addresses that others have seen and that are proved are told to all; no others are. */
    private void announceProved() {
        Map<Multiaddr, Reach> known = prober.findings().addresses();
        lock.lock();
        try {
            Set<Multiaddr> wanted = new HashSet<>();
            if (!closed) {
                swarm.observed().stream().map(Swarm.Observation::address).filter(a -> known.get(a) == Reach.PUBLIC)
                        .forEach(wanted::add);
                proved.keySet().stream().filter(a -> known.get(a) == Reach.PUBLIC).forEach(wanted::add);
            }
            proved.entrySet().removeIf(each -> {
                boolean over = !wanted.contains(each.getKey());
                if (over) {
                    each.getValue().close();
                }
                return over;
            });
            wanted.forEach(address -> proved.computeIfAbsent(address, swarm::announce));
        } finally {
            lock.unlock();
        }
    }

    private void changed() {
        if (!ready || closed) {
            return;
        }
        Prober.Findings findings = prober.findings();
        List<PortMapping> mapped = mappings == null ? List.of() : mappings.mapped();
        var now = new Reachability(findings.reach(), findings.addresses(), mapped, relays.ways());
        status = now;
        for (Consumer<Reachability> listener : listeners) {
            try {
                listener.accept(now);
            } catch (RuntimeException e) {
                LOG.error("a listener to how this peer is reached has failed", e);
            }
        }
    }

    @Override
    public Reachability status() {
        return status;
    }

    @Override
    public Registration listen(Consumer<Reachability> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Ends all of it: relays and mapped ports are given back. */
    @Override
    @Deactivate
    public void close() {
        closed = true;
        relays.close();
        Optional.ofNullable(mappings).ifPresent(Mappings::close);
        prober.close();
        peers.close();
        announceProved();
        listeners.clear();
    }
}
