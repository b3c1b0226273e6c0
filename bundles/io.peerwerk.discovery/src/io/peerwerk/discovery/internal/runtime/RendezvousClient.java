// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.identity.PeerRecord;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.discovery.Rendezvous;
import io.peerwerk.discovery.RendezvousException;
import io.peerwerk.discovery.internal.rendezvous.Opaque;
import io.peerwerk.discovery.internal.rendezvous.RendezvousCodec;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.Discover;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.DiscoverResponse;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.Register;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.RegisterResponse;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.Unregister;
import io.peerwerk.discovery.internal.rendezvous.Status;
import io.peerwerk.transport.Exchange;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.Stream;

/** Meets peers at points, over the host's streams; a virtual thread for each registration and each search that goes on. */
@Component(service = Rendezvous.class, configurationPid = LanDiscovery.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class RendezvousClient implements Rendezvous, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RendezvousClient.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Host host;
    private final Identity identity;
    private final InstantSource clock;
    private final Pauses pauses;
    private final RandomGenerator random = new SecureRandom();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * How long is waited between two tries.
     *
     * @param first   after something new, or the first failure; doubled each time
     * @param longest at most
     * @param look    between two looks at this peer's own addresses
     */
    record Pauses(Duration first, Duration longest, Duration look) {

        static Pauses standard() {
            return new Pauses(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofSeconds(30));
        }
    }

    /** The component. */
    @Activate
    public RendezvousClient(@Reference Host host, @Reference Identity identity) {
        this(host, identity, InstantSource.system(), Pauses.standard());
    }

    RendezvousClient(Host host, Identity identity, InstantSource clock, Pauses pauses) {
        this.host = host;
        this.identity = identity;
        this.clock = clock;
        this.pauses = pauses;
    }

    // ---- being found

    @Override
    public Registration advertise(PeerId point, String namespace) throws IOException {
        checkNamespace(namespace);
        if (namespace.isEmpty()) {
            throw new IllegalArgumentException("a registration needs a namespace");
        }
        List<Multiaddr> addresses = addresses();
        long due = clock.millis() + renewal(register(point, namespace, addresses));
        Thread thread = start("rendezvous-registration", () -> renew(point, namespace, addresses, due));
        return () -> {
            if (end(thread)) {
                Thread.ofVirtual().start(() -> unregister(point, namespace));
            }
        };
    }

    private void renew(PeerId point, String namespace, List<Multiaddr> first, long firstDue)
            throws InterruptedException {
        List<Multiaddr> told = first;
        long due = firstDue;
        Duration pause = pauses.first();
        while (isWanted()) {
            Thread.sleep(Math.min(Math.max(1, due - clock.millis()), pauses.look().toMillis()));
            List<Multiaddr> now = addresses();
            if (clock.millis() < due && (now.equals(told) || now.isEmpty())) {
                continue;
            }
            try {
                due = clock.millis() + renewal(register(point, namespace, now));
                told = now;
                pause = pauses.first();
            } catch (IOException e) {
                LOG.debug("{} does not keep the registration: {}", point.brief(), e.getMessage());
                due = clock.millis() + pause.toMillis();
                told = now;
                pause = longer(pause);
            }
        }
    }

    /** Milliseconds: a fifth to a quarter of a life before its end, so that a point that is away for a while is no loss. */
    private long renewal(Duration life) {
        long millis = Math.min(life.toMillis(), Duration.ofDays(3).toMillis());
        return millis * 3 / 4 + random.nextLong(millis / 20 + 1);
    }

    private Duration register(PeerId point, String namespace, List<Multiaddr> addresses) throws IOException {
        byte[] record = new PeerRecord(host.id(), clock.millis(), addresses).seal(identity).toBytes();
        RegisterResponse response = ask(point, new Register(namespace, new Opaque(record), 0),
                RendezvousCodec::decodeRegisterResponse);
        if (response.status() != Status.OK) {
            throw refusal(point, response.status(), response.text());
        }
        return Duration.ofSeconds(Math.clamp(response.ttl(), 1, Duration.ofDays(3).toSeconds()));
    }

    private void unregister(PeerId point, String namespace) {
        try {
            Exchange.talk(host.open(point, RendezvousServer.PROTOCOL), TIMEOUT, stream -> {
                Frames.write(stream.output(), RendezvousCodec.encode(new Unregister(namespace)));
                stream.output().close();
                return stream.input().read(); // until the point has read it; there is no answer
            });
        } catch (IOException e) {
            LOG.debug("{} was not told that this peer goes: {}", point.brief(), e.getMessage());
        }
    }

    /** Where others reach this peer; loopback is told only by a peer that has nothing else. */
    private List<Multiaddr> addresses() {
        List<Multiaddr> all = host.addresses();
        List<Multiaddr> far = all.stream().filter(address -> !Scope.isLoopback(address)).toList();
        return (far.isEmpty() ? all : far).stream().limit(PeerRecord.MAX_ADDRESSES).toList();
    }

    // ---- finding

    @Override
    public List<PeerRecord> discover(PeerId point, String namespace) throws IOException {
        checkNamespace(namespace);
        return new Search(point, namespace).page(MAX_DISCOVERED);
    }

    @Override
    public Registration follow(PeerId point, String namespace, Consumer<PeerRecord> found) {
        checkNamespace(namespace);
        Thread thread = start("rendezvous-search", () -> follow(new Search(point, namespace), found));
        return () -> end(thread);
    }

    private void follow(Search search, Consumer<PeerRecord> found) throws InterruptedException {
        Duration pause = pauses.first();
        while (isWanted()) {
            List<PeerRecord> fresh = List.of();
            try {
                fresh = search.page(MAX_DISCOVERED);
            } catch (IOException e) {
                LOG.debug("{} tells of nobody: {}", search.point.brief(), e.getMessage());
            }
            fresh.forEach(found);
            pause = fresh.isEmpty() ? pause : pauses.first();
            Thread.sleep(Duration.ofMillis(pause.toMillis() + random.nextLong(pause.toMillis() / 4 + 1)));
            pause = longer(pause);
        }
    }

    /** What is read of one namespace of one point, and what not yet. */
    private final class Search {

        private final PeerId point;
        private final String namespace;
        private Opaque cookie = Opaque.NONE;

        Search(PeerId point, String namespace) {
            this.point = point;
            this.namespace = namespace;
        }

        /** All that is new, so many at most. */
        List<PeerRecord> page(int limit) throws IOException {
            List<PeerRecord> records = new ArrayList<>();
            int read = 0;
            boolean more = true;
            while (more) {
                DiscoverResponse response = ask(point, new Discover(namespace, limit - read, cookie),
                        RendezvousCodec::decodeDiscoverResponse);
                if (response.status() != Status.OK) {
                    cookie = Opaque.NONE; // the point may have another life now
                    throw refusal(point, response.status(), response.text());
                }
                boolean moved = !response.cookie().equals(cookie);
                cookie = response.cookie();
                response.registrations().stream().limit(limit - read).map(this::record).flatMap(Optional::stream)
                        .forEach(records::add);
                read += response.registrations().size();
                more = moved && read < limit && !response.registrations().isEmpty();
            }
            records.forEach(record -> host.remember(record.peer(), record.addresses()));
            return List.copyOf(records);
        }

        /** The record of another peer, if it says so itself. */
        private Optional<PeerRecord> record(Register registration) {
            if (!namespace.isEmpty() && !namespace.equals(registration.namespace())) {
                return Optional.empty();
            }
            try {
                PeerRecord record = PeerRecord.open(registration.signedRecord().bytes());
                boolean other = !record.peer().equals(host.id());
                return other ? Optional.of(usable(record)) : Optional.empty();
            } catch (FormatException e) {
                LOG.debug("{} tells of a peer without proof: {}", point.brief(), e.getMessage());
                return Optional.empty();
            }
        }

        /** Without addresses that a stranger must not make this node dial; loopback only from a point on loopback. */
        private PeerRecord usable(PeerRecord record) {
            boolean near = host.connection(point).filter(c -> Scope.isLoopback(c.remoteAddress())).isPresent();
            return new PeerRecord(record.peer(), record.sequence(), record.addresses().stream()
                    .filter(address -> Scope.isDiallable(address) && (near || !Scope.isLoopback(address))).toList());
        }
    }

    // ---- both

    @FunctionalInterface
    private interface Decoder<T> {
        T decode(byte[] answer) throws FormatException;
    }

    private <T> T ask(PeerId point, RendezvousMessage request, Decoder<T> decoder) throws IOException {
        if (closed) {
            throw new IOException("the discovery module is gone");
        }
        Stream stream = host.open(point, RendezvousServer.PROTOCOL);
        return decoder.decode(Exchange.talk(stream, TIMEOUT, talk -> {
            Frames.write(talk.output(), RendezvousCodec.encode(request));
            talk.output().close();
            return Frames.read(talk.input(), RendezvousCodec.MAX_ANSWER);
        }));
    }

    private static RendezvousException refusal(PeerId point, Status status, String text) {
        String words = text.codePoints().filter(c -> !Character.isISOControl(c)).limit(200)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        return new RendezvousException(point.brief() + " refuses: " + status + (words.isEmpty() ? "" : ", " + words));
    }

    private static void checkNamespace(String namespace) {
        int length = namespace.getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_NAMESPACE) {
            throw new IllegalArgumentException("a namespace of " + length + " bytes");
        }
    }

    private Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(pauses.longest()) < 0 ? twice : pauses.longest();
    }

    /** Something that goes on until it is interrupted. */
    @FunctionalInterface
    private interface Task {
        void run() throws InterruptedException;
    }

    private Thread start(String name, Task task) {
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                task.run();
            } catch (InterruptedException e) {
                LOG.trace("{} ends", name, e);
            } catch (RuntimeException e) {
                LOG.error("{} ends", name, e);
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
        return thread;
    }

    /** Whether the thread that asks should go on; an interrupt may have ended a stream's wait and nothing else. */
    private boolean isWanted() {
        return threads.contains(Thread.currentThread());
    }

    /** Whether it went on until now. */
    private boolean end(Thread thread) {
        thread.interrupt();
        return threads.remove(thread);
    }

    /** Ends all registrations and searches; points forget the former in time. */
    @Deactivate
    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        threads.clear();
    }
}
