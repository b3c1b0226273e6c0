// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.runtime;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.routing.FoundPeer;
import io.peerwerk.routing.NameRecord;
import io.peerwerk.routing.Routing;
import io.peerwerk.routing.RoutingSnapshot;
import io.peerwerk.routing.internal.kad.BestValue;
import io.peerwerk.routing.internal.kad.Duties;
import io.peerwerk.routing.internal.kad.KadKey;
import io.peerwerk.routing.internal.kad.RoutingTable;
import io.peerwerk.routing.internal.record.IpnsEntry;
import io.peerwerk.routing.internal.record.Validators;
import io.peerwerk.routing.internal.runtime.DhtOptions.Mode;
import io.peerwerk.routing.internal.runtime.DhtOptions.Surroundings;
import io.peerwerk.routing.internal.wire.KadRecord;
import io.peerwerk.routing.internal.wire.Octets;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Host;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Both tables of a node over its host, from construction until {@link #close}. */
@Component(service = Routing.class, configurationPid = RoutingService.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE, immediate = true)
public final class RoutingService implements Routing, AutoCloseable {

    /** The configuration that brings a node's routing into being. */
    public static final String PID = "io.peerwerk.routing";

    private static final Logger LOG = LoggerFactory.getLogger(RoutingService.class);

    /** A node that has just started gets so long to meet its first peer. */
    private static final Duration FIRST_PEER = Duration.ofSeconds(10);

    /** And so long if it is connected: then somebody is there, and may be slow to say whether it takes part. */
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(30);

    /** A name that is asked for again so soon after may still be what it was. */
    private static final Duration MAX_TTL = Duration.ofMinutes(5);

    /** Longer is a slip. */
    private static final Duration MAX_LIFETIME = Duration.ofDays(3650);

    /** It stands twice in a record, three bytes a character at worst. */
    private static final int MAX_TARGET = 1024;

    private static final Duration TICK = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Host host;
    private final Identity identity;
    private final InstantSource clock;
    private final List<Part> parts;
    private final Promises promises;

    /** What the configuration can hold. */
    public @interface Settings {

        /** Whether this peer answers others: {@code client}, {@code server}, or {@code auto} for where it is reached. */
        String mode() default "auto";

        /** Whether peers of this machine are taken though the host listens elsewhere too; for tests. */
        boolean loopback() default false;
    }

    /** One table with what is done with it. */
    private record Part(Dht dht, Finding finding, Providing providing, Values values) {
    }

    @Activate
    public RoutingService(@Reference(name = "host") Host host, @Reference(name = "identity") Identity identity,
            Settings settings) {
        this(host, identity, List.of(DhtOptions.everywhere(mode(settings.mode()), settings.loopback()),
                DhtOptions.local(mode(settings.mode()), settings.loopback())),
                new Surroundings(InstantSource.system(), new SecureRandom(), TICK, PATIENCE));
    }

    /** @param tables in the order of their worth */
    RoutingService(Host host, Identity identity, List<DhtOptions> tables, Surroundings surroundings) {
        this.host = host;
        this.identity = identity;
        this.clock = surroundings.clock();
        this.promises = new Promises(surroundings, this::again, this::tellProvided, this::tellRecord);
        this.parts = tables.stream().map(options -> part(new Dht(host, options, surroundings, promises::provides))).toList();
        promises.start();
    }

    /** How long what has been told may rest: until half of the peers of the table that changes fastest are others. */
    private Duration again() {
        return Duties.again(parts.stream().map(part -> part.dht().halfLife(Duties.AGAIN)).min(Duration::compareTo)
                .orElse(Duties.AGAIN));
    }

    private Part part(Dht dht) {
        return new Part(dht, new Finding(dht, host), new Providing(dht, host.id(), host::addresses),
                new Values(dht, host.id(), clock));
    }

    private static Mode mode(String text) {
        try {
            return Mode.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            LOG.warn("there is no mode {}: it is decided by the addresses", text);
            return Mode.AUTO;
        }
    }

    // ---- peers

    @Override
    public Optional<FoundPeer> findPeer(PeerId peer) throws IOException {
        Optional<Connection> live = host.connection(peer);
        if (live.isPresent()) {
            return Optional.of(new FoundPeer(peer, Places.whereabouts(live.get())));
        }
        List<Optional<FoundPeer>> each = all(part -> part.finding().peer(peer));
        Optional<FoundPeer> found = merge(each.stream().flatMap(Optional::stream).toList()).stream().findFirst();
        found.ifPresent(this::remember);
        return found;
    }

    @Override
    public List<FoundPeer> closestPeers(byte[] key) throws IOException {
        Octets name = key(key);
        KadKey target = KadKey.of(name);
        List<FoundPeer> all = new ArrayList<>();
        all(part -> part.finding().closest(name)).forEach(all::addAll);
        return merge(all).stream().sorted(Comparator.comparing(peer -> KadKey.of(peer.peer()).distance(target)))
                .limit(RoutingTable.BUCKET_SIZE).toList();
    }

    @Override
    public void offer(PeerId peer, Collection<Multiaddr> addresses) {
        parts.forEach(part -> part.dht().offer(peer, addresses));
    }

    @Override
    public void doubt(PeerId peer) {
        parts.forEach(part -> part.dht().doubt(peer));
    }

    private void remember(FoundPeer peer) {
        if (!peer.addresses().isEmpty()) {
            host.remember(peer.peer(), peer.addresses());
        }
    }

    /** One entry for each peer, in the order of their first appearance. */
    private static List<FoundPeer> merge(List<FoundPeer> peers) {
        Map<PeerId, Set<Multiaddr>> merged = new LinkedHashMap<>();
        peers.forEach(peer -> merged.computeIfAbsent(peer.peer(), p -> new LinkedHashSet<>()).addAll(peer.addresses()));
        return merged.entrySet().stream().map(entry -> new FoundPeer(entry.getKey(), List.copyOf(entry.getValue()))).toList();
    }

    // ---- providers

    @Override
    public int provide(Cid content) throws IOException {
        Octets key = new Octets(content.hash().toBytes());
        promises.provide(key, false);
        int told = tellProvided(key);
        promises.provide(key, told > 0);
        return worked(told, "nobody could be told of it");
    }

    private int tellProvided(Octets key) throws IOException {
        return all(part -> part.providing().provide(key)).stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public void unprovide(Cid content) {
        promises.unprovide(new Octets(content.hash().toBytes()));
    }

    @Override
    public List<FoundPeer> findProviders(Cid content, int limit) throws IOException {
        if (limit < 1) {
            throw new IllegalArgumentException("a search for " + limit + " providers");
        }
        Octets key = new Octets(content.hash().toBytes());
        List<FoundPeer> all = new ArrayList<>();
        all(part -> part.providing().find(key, limit)).forEach(all::addAll);
        List<FoundPeer> found = merge(all).stream().limit(limit).toList();
        found.forEach(this::remember);
        return found;
    }

    // ---- values

    @Override
    public int putValue(byte[] key, byte[] value) throws IOException {
        if (value.length > MAX_VALUE) {
            throw new FormatException("a value of " + value.length + " bytes is longer than " + MAX_VALUE);
        }
        var record = new KadRecord(key(key), new Octets(value));
        new Validators().check(record, clock.instant());
        int told = tellRecord(record);
        promises.put(record, told > 0);
        return worked(told, "nobody has stored it");
    }

    private int tellRecord(KadRecord record) throws IOException {
        return all(part -> part.values().put(record)).stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public Optional<byte[]> getValue(byte[] key) throws IOException {
        return get(key(key)).map(record -> record.value().bytes());
    }

    private Optional<KadRecord> get(Octets key) throws IOException {
        var best = new BestValue(new Validators(), key);
        Instant now = clock.instant();
        promises.record(key).ifPresent(own -> add(best, own, now));
        List<Optional<KadRecord>> each = all(part -> part.values().get(key));
        each.stream().flatMap(Optional::stream).forEach(record -> add(best, record, now));
        return best.best();
    }

    /** One that has run out meanwhile does not count. */
    private void add(BestValue best, KadRecord record, Instant now) {
        try {
            best.found(host.id(), record, now);
        } catch (FormatException e) {
            LOG.debug("a value is not valid any more: {}", e.getMessage());
        }
    }

    @Override
    public int publishName(String value, Duration lifetime) throws IOException {
        if (lifetime.isNegative() || lifetime.isZero() || lifetime.compareTo(MAX_LIFETIME) > 0 || value.length() > MAX_TARGET) {
            throw new FormatException("a name points to " + MAX_TARGET + " characters at most, for " + MAX_LIFETIME.toDays()
                    + " days at most");
        }
        Octets key = Validators.key(Validators.NAME, host.id());
        Optional<KadRecord> before = get(key);
        long sequence = before.isEmpty() ? 0 : IpnsEntry.open(before.get().value().bytes(), host.id()).sequence() + 1;
        Duration ttl = lifetime.compareTo(MAX_TTL) < 0 ? lifetime : MAX_TTL;
        var record = new NameRecord(value, sequence, clock.instant().plus(lifetime), ttl);
        return putValue(key.bytes(), IpnsEntry.sign(identity, record));
    }

    @Override
    public Optional<NameRecord> resolveName(PeerId name) throws IOException {
        Optional<KadRecord> record = get(Validators.key(Validators.NAME, name));
        return record.isEmpty() ? Optional.empty()
                : Optional.of(IpnsEntry.open(record.get().value().bytes(), name).toRecord());
    }

    // ---- both tables

    @FunctionalInterface
    private interface Task<T> {
        T with(Part part) throws IOException;
    }

    /** Does it with each table that has peers, all at the same time, and gives what came of those that worked. */
    private <T> List<T> all(Task<T> task) throws IOException {
        List<Part> ready = ready();
        if (ready.isEmpty()) {
            throw new IOException("no peer that takes part in the routing is known");
        }
        return new Together<>(ready.stream().map(part -> (Together.Call<T>) () -> task.with(part)).toList()).run();
    }

    private List<Part> ready() throws IOException {
        long start = System.nanoTime();
        List<Part> ready = withPeers();
        while (ready.isEmpty() && System.nanoTime() - start < patience().toNanos()) {
            parts.getFirst().dht().awaitPeers(Duration.ofMillis(100));
            ready = withPeers();
        }
        return ready;
    }

    private Duration patience() {
        return host.connections().isEmpty() ? FIRST_PEER : FIRST_ANSWER;
    }

    private List<Part> withPeers() {
        return parts.stream().filter(part -> part.dht().size() > 0).toList();
    }

    private static Octets key(byte[] key) throws FormatException {
        if (key.length == 0 || key.length > MAX_KEY) {
            throw new FormatException("a key of " + key.length + " bytes");
        }
        return new Octets(key);
    }

    private static int worked(int count, String otherwise) throws IOException {
        if (count == 0) {
            throw new IOException(otherwise);
        }
        return count;
    }

    @Override
    public RoutingSnapshot snapshot() {
        return new RoutingSnapshot(parts.stream().map(part -> part.dht().snapshot()).toList());
    }

    /** Answers nobody any more; calls under way end. */
    @Deactivate
    @Override
    public void close() {
        promises.close();
        parts.forEach(part -> part.dht().close());
    }
}
