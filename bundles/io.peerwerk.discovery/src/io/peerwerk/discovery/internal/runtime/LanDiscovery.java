// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.runtime;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.TokenBucket;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.discovery.internal.dns.DnsMessage;
import io.peerwerk.discovery.internal.mdns.Link;
import io.peerwerk.discovery.internal.mdns.Neighbours;
import io.peerwerk.discovery.internal.mdns.Presence;
import io.peerwerk.discovery.internal.mdns.Rhythm;
import io.peerwerk.discovery.internal.mdns.Sighting;
import io.peerwerk.transport.Host;

/**
 * Finds peers on the networks that this machine is connected to, and is found by them, with nobody told of anybody.
 *
 * <p>A link is used if the host listens on one of the machine's own addresses on it; so a host that listens on loopback
 * alone neither says nor hears anything, and opens no socket. Interfaces and addresses that come and go are followed.
 *
 * <p>Whatever was found goes into the host's address book; some of it is connected to, which is what makes a lone node
 * part of a network.
 */
@Component(service = {}, configurationPid = LanDiscovery.PID, configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true)
public final class LanDiscovery implements AutoCloseable {

    /** The configuration's name, which all components of this bundle share. */
    public static final String PID = "io.peerwerk.discovery";

    /** The configuration. */
    public @interface Settings {

        /**
         * Whether to look for peers on the local networks, and to tell those who look. On, as users of such programs
         * expect: then everybody on the same network can see that a node runs here, its id, ports and addresses on this
         * network. Off, only who is told an address finds this node.
         */
        boolean mdns() default true;

        /**
         * Connections that this node opens to peers it finds there, at most. One is enough to get to know the rest;
         * a few more outlive a peer that goes. More make a busy network busier.
         */
        int mdnsConnections() default 8;
    }

    private static final Logger LOG = LoggerFactory.getLogger(LanDiscovery.class);

    /** Between two looks at the interfaces: at first, while the host begins to listen, and in the long run. */
    private static final Duration FIRST_LOOK = Duration.ofMillis(200);
    private static final Duration LAST_LOOK = Duration.ofSeconds(5);

    /** Messages that are read at once, and each second in the long run; others are dropped unread. */
    private static final int BURST = 512;
    private static final int PER_SECOND = 250;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Host host;
    private final Network network;
    private final RandomGenerator random;
    private final Acquaintances acquaintances;
    private final Thread thread;

    // All below under the lock.
    private final String name;
    private final Map<String, Station> stations = new HashMap<>();
    private final Set<String> unusable = new HashSet<>();
    private final Neighbours neighbours = new Neighbours(now());
    private final TokenBucket messages = new TokenBucket(PER_SECOND, BURST, System.nanoTime());
    private long nextLook = now();
    private long lookPause = FIRST_LOOK.toMillis();
    private boolean closed;

    /** One link that is used. */
    private record Station(Link link, Presence presence, Rhythm rhythm) {
    }

    /** The component. */
    @Activate
    public LanDiscovery(@Reference Host host, Settings settings) {
        this(host, settings.mdns() ? new MulticastNetwork() : new NoNetwork(), settings.mdnsConnections(),
                new SecureRandom());
    }

    /** @param random should not be predictable by others */
    LanDiscovery(Host host, Network network, int connections, RandomGenerator random) {
        this.host = host;
        this.network = network;
        this.random = random;
        this.name = Presence.randomName(random);
        this.acquaintances = new Acquaintances(host, connections);
        this.thread = Thread.ofVirtual().name("lan-discovery-" + host.id().brief()).start(this::run);
    }

    private void run() {
        lock.lock();
        try {
            while (!closed) {
                step();
                long next = stations.values().stream().mapToLong(s -> s.rhythm().next()).min().orElse(nextLook);
                changed.await(Math.max(1, Math.min(next, nextLook) - now()), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            LOG.trace("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    /** The edge of the thread: a mistake of ours is logged, and the next step is tried. */
    private void step() {
        try {
            if (nextLook <= now()) {
                look();
            }
            List.copyOf(stations.values()).forEach(this::perform);
        } catch (RuntimeException e) {
            LOG.error("a step of the discovery on the local network failed", e);
        }
    }

    // ---- the interfaces

    private void look() {
        List<Multiaddr> listened = host.addresses();
        Map<String, Link> links = new HashMap<>();
        network.links().stream().filter(link -> !link.own(listened).isEmpty()).forEach(l -> links.put(l.name(), l));
        List<Station> gone = stations.values().stream().filter(s -> !links.containsKey(s.link().name())).toList();
        gone.forEach(this::end);
        boolean news = !gone.isEmpty();
        for (Link link : links.values()) {
            news |= begin(link, link.own(listened));
        }
        unusable.retainAll(links.keySet());
        lookPause = news ? FIRST_LOOK.toMillis() : Math.min(2 * lookPause, LAST_LOOK.toMillis());
        nextLook = now() + lookPause;
    }

    private void end(Station station) {
        LOG.debug("no longer on {}", station.link().name());
        network.leave(station.link());
        stations.remove(station.link().name());
    }

    /** Whether something about the link is new. */
    private boolean begin(Link link, List<Multiaddr> own) {
        var presence = new Presence(name, host.id(), own);
        Station before = stations.get(link.name());
        if (before != null && before.link().equals(link)
                && before.presence().addresses().equals(presence.addresses())) {
            return false;
        }
        try {
            network.join(link, this::received);
            stations.put(link.name(), new Station(link, presence, new Rhythm(random, now())));
            LOG.debug("on {} at {}", link.name(), presence.addresses());
            return true;
        } catch (IOException e) {
            if (unusable.add(link.name())) {
                LOG.info("cannot look for peers on {}: {}", link.name(), e.getMessage());
            }
            return false;
        }
    }

    // ---- asking and telling

    private void perform(Station station) {
        for (Rhythm.Deed deed : station.rhythm().due(now())) {
            send(station, switch (deed) {
                case ASK -> Presence.search();
                case TELL -> station.presence().announcement();
            });
        }
    }

    private void send(Station station, DnsMessage message) {
        try {
            network.send(station.link(), message.toBytes());
        } catch (IOException e) {
            LOG.debug("cannot send on {}: {}", station.link().name(), e.toString());
            end(station); // the next look joins again
        }
    }

    // ---- hearing

    private void received(Link from, byte[] bytes) {
        lock.lock();
        try {
            Station station = stations.get(from.name());
            if (closed || station == null || !messages.take(1, System.nanoTime())) {
                return;
            }
            DnsMessage message = DnsMessage.parse(bytes);
            if (message.response()) {
                Sighting.in(message, from).forEach(this::sighted);
            } else {
                asked(station, message);
            }
            changed.signalAll();
        } catch (FormatException e) {
            LOG.trace("refused a message on {}: {}", from.name(), e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private void asked(Station station, DnsMessage query) {
        station.presence().answer(query).ifPresent(answer -> {
            if (answer.equals(station.presence().announcement())) {
                station.rhythm().asked(now());
            } else if (station.rhythm().mayReply(now())) {
                send(station, answer);
            }
        });
        if (Presence.search().equals(query)) {
            station.rhythm().overheard(now());
        }
    }

    private void sighted(Sighting sighting) {
        if (!sighting.peer().equals(host.id()) && neighbours.heard(sighting, now())) {
            acquaintances.found(sighting.peer(), sighting.addresses());
        }
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /** Says good-bye and stops. Does nothing the second time. */
    @Deactivate
    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                List.copyOf(stations.values()).forEach(station -> send(station, station.presence().farewell()));
                stations.clear();
            }
        } finally {
            lock.unlock();
        }
        thread.interrupt();
        network.close();
        acquaintances.close();
    }
}
