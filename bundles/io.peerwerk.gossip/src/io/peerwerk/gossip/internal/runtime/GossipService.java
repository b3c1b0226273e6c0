// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.runtime;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
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
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.gossip.Aggregates;
import io.peerwerk.gossip.AggregatesListener;
import io.peerwerk.gossip.Convergence;
import io.peerwerk.gossip.Estimate;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.Membership;
import io.peerwerk.gossip.MembershipListener;
import io.peerwerk.gossip.PeerSampling;
import io.peerwerk.gossip.Quantity;
import io.peerwerk.gossip.Role;
import io.peerwerk.gossip.Slice;
import io.peerwerk.gossip.Slices;
import io.peerwerk.gossip.Standing;
import io.peerwerk.gossip.internal.aggregation.AggregationOptions;
import io.peerwerk.gossip.internal.slicing.SlicingOptions;
import io.peerwerk.gossip.internal.swim.Swim;
import io.peerwerk.gossip.internal.swim.SwimAction;
import io.peerwerk.gossip.internal.swim.SwimInput;
import io.peerwerk.gossip.internal.swim.SwimOptions;
import io.peerwerk.gossip.internal.wire.Addresses;
import io.peerwerk.gossip.internal.wire.Contact;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.ConnectionListener;
import io.peerwerk.transport.Host;

/**
 * The gossip of a node: all its protocols over one host, from construction until {@link #close}, which tells the others
 * that this peer leaves.
 */
@Component(service = {Membership.class, PeerSampling.class, Aggregates.class, Slices.class},
        configurationPid = GossipService.PID, configurationPolicy = ConfigurationPolicy.REQUIRE, immediate = true)
public final class GossipService implements Membership, PeerSampling, Aggregates, Slices, AutoCloseable {

    /** The configuration that brings a node's gossip into being. */
    public static final String PID = "io.peerwerk.gossip";

    private static final Logger LOG = LoggerFactory.getLogger(GossipService.class);

    /** Good-byes get so long; who does not get one will find out. */
    private static final Duration FAREWELL = Duration.ofMillis(500);

    /**
     * Periods between two shuffles: the views need not be as fresh as the news of a failure, which empties them too, and
     * a shuffle costs several times as many bytes as a probe.
     */
    private static final int SHUFFLE_EVERY = 6;

    private final Host host;
    private final long period;
    private final Loop loop;
    private final Exchanges exchanges;
    private final Directory directory;
    private final SwimDriver swim;
    private final SampledPeers sampled;
    private final Estimates estimates;
    private final Ranks ranks;
    private final Bootstrap bootstrap;
    private final AtomicLong sampleSeed;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final List<Registration> registrations;

    // On the loop.
    private List<Multiaddr> presented;
    private long offer;
    private final Set<Role> roles = EnumSet.noneOf(Role.class);

    /** What the configuration can hold. */
    public @interface Settings {
        /** Multiaddrs of peers to ask for the others. */
        String[] bootstrap() default {};

        /** Milliseconds between two probes. */
        long period() default 1000;

        /** The protocol that samples peers: {@code cyclon}, {@code generic} or {@code newscast}. */
        String sampling() default "cyclon";

        /** Milliseconds between two exchanges of the aggregation, and of the slicing. */
        long cycle() default 10_000;

        /** Cycles after which the aggregation has a result. */
        int epoch() default 30;
    }

    @Activate
    public GossipService(@Reference(name = "host") Host host, @Reference(name = "identity") Identity identity,
            Settings settings) {
        this(host, identity, options(settings), InstantSource.system(), new SecureRandom());
    }

    /**
     * Starts them.
     *
     * @param identity the host's, which signs what this peer says about itself
     * @param random is used on a thread of this service alone from now on, and should not be predictable by others
     */
    public GossipService(Host host, Identity identity, GossipOptions options, InstantSource clock,
            RandomGenerator random) {
        this.host = host;
        this.period = options.period().toMillis();
        this.loop = new Loop("gossip-" + host.id().brief());
        this.exchanges = new Exchanges(host, loop);
        this.sampleSeed = new AtomicLong(random.nextLong());
        this.presented = Addresses.presentable(host.addresses());
        var contact = new Contact(host.id(), presented);
        var members = new Swim(identity, presented, SwimOptions.every(period), clock, random);
        this.directory = new Directory(members.self(), clock);
        var doorkeeper = new Doorkeeper(clock, options.period(), directory::isMember);
        this.swim = new SwimDriver(members, loop, exchanges, doorkeeper, this::observe);
        var place = new SampledPeers.Place(contact, loop, exchanges, random, options.period());
        this.sampled = SampledPeers.of(options.sampling(), place, options.period().multipliedBy(SHUFFLE_EVERY), clock);
        long cycle = options.cycle().toMillis();
        this.estimates = new Estimates(place, sampled, AggregationOptions.every(cycle).withCycles(options.epoch()), clock);
        this.ranks = new Ranks(place, sampled, estimates, SlicingOptions.every(cycle));
        this.bootstrap = new Bootstrap(host, loop, directory, random, options.period(), this::meet);
        this.registrations = open(doorkeeper, options.period());
        loop.run(() -> start(options.bootstrap()));
    }

    private static GossipOptions options(Settings settings) {
        List<Multiaddr> bootstrap = new ArrayList<>();
        for (String address : settings.bootstrap()) {
            try {
                bootstrap.add(Multiaddr.parse(address));
            } catch (FormatException e) {
                LOG.warn("bootstrap address {} is left out: {}", address, e.getMessage());
            }
        }
        return new GossipOptions(bootstrap, Duration.ofMillis(settings.period()), sampling(settings.sampling()),
                Duration.ofMillis(settings.cycle()), settings.epoch());
    }

    private static SampledPeers.Kind sampling(String name) {
        for (SampledPeers.Kind kind : SampledPeers.Kind.values()) {
            if (kind.name().equalsIgnoreCase(name)) {
                return kind;
            }
        }
        LOG.warn("there is no peer sampling by {}: {} is used", name, SampledPeers.Kind.CYCLON);
        return SampledPeers.Kind.CYCLON;
    }

    private List<Registration> open(Doorkeeper doorkeeper, Duration patience) {
        var reception = new Reception(host, doorkeeper, patience.multipliedBy(2));
        return List.of(
                reception.open(SwimDriver.protocol(patience), swim::receive),
                sampled.open(reception),
                estimates.open(reception),
                ranks.open(reception),
                host.listen(new ConnectionListener() {
                    @Override
                    public void opened(Connection connection) {
                        swim.postcards().attach(connection);
                        loop.run(() -> GossipService.this.opened(connection));
                    }

                    @Override
                    public void closed(Connection connection) {
                        swim.postcards().detach(connection);
                        if (host.connection(connection.peer()).isEmpty()) {
                            loop.run(() -> swim.handle(new SwimInput.ConnectionLost(connection.peer())));
                        }
                    }
                }));
    }

    private void start(List<Multiaddr> addresses) {
        swim.handle(new SwimInput.Tick());
        sampled.start();
        estimates.start();
        ranks.start();
        bootstrap.add(addresses);
        for (Connection connection : host.connections()) { // there from before, when this bundle was updated
            swim.postcards().attach(connection);
            meet(new Contact(connection.peer(), List.of(connection.remoteAddress())));
        }
        watchAddresses();
    }

    /**
     * Whoever this peer has dialled, because it was found on the local network or for any other reason, is asked for
     * the others; one that does not take part refuses the protocol, and that was it.
     */
    private void opened(Connection connection) {
        swim.handle(new SwimInput.ConnectionOpened(connection.peer()));
        if (connection.initiator() && directory.find(connection.peer()).isEmpty()) {
            meet(new Contact(connection.peer(), connection.relayed() ? List.of() : List.of(connection.remoteAddress())));
        }
    }

    private void meet(Contact contact) {
        swim.handle(new SwimInput.Meet(contact));
    }

    /** Once a period. While the host has no address at all (a transport is being replaced), the last ones stand. */
    private void watchAddresses() {
        List<Multiaddr> now = Addresses.presentable(host.addresses());
        if (!now.isEmpty() && !now.equals(presented)) {
            presented = now;
            announce();
            sampled.moved(now);
        }
        loop.after(period, this::watchAddresses);
    }

    private void announce() {
        swim.handle(new SwimInput.Announce(presented, offer, roles));
    }

    private void observe(SwimAction action) {
        switch (action) {
            case SwimAction.Changed(var before, Member now) -> {
                LOG.debug("{} is {}, incarnation {}", now.id().brief(), now.state(), now.incarnation());
                directory.changed(before, now);
                if (!now.state().isReachable()) {
                    sampled.drop(now.id());
                } else if (before == null || !before.state().isReachable()) {
                    sampled.seed(new Contact(now.id(), now.addresses()));
                }
            }
            case SwimAction.Measured(Member now) -> directory.measured(now);
            case SwimAction.Forgotten(PeerId peer) -> directory.forgotten(peer);
            case SwimAction.Presented(Member self) -> directory.present(self);
            default -> throw new IllegalArgumentException("not a change: " + action);
        }
    }

    @Override
    public Member self() {
        return directory.self();
    }

    @Override
    public List<Member> members() {
        return directory.members();
    }

    @Override
    public Optional<Member> find(PeerId id) {
        return directory.find(id);
    }

    @Override
    public Optional<Instant> heardOf(PeerId id) {
        return directory.heardOf(id);
    }

    @Override
    public int localHealth() {
        return swim.localHealth();
    }

    @Override
    public Registration listen(MembershipListener listener) {
        return directory.listen(listener);
    }

    @Override
    public void advertise(long offerBytes) {
        if (offerBytes < 0) {
            throw new IllegalArgumentException("an offer of " + offerBytes + " bytes");
        }
        loop.run(() -> {
            offer = offerBytes;
            estimates.offer(offerBytes);
            ranks.strength(offerBytes);
            announce();
        });
    }

    @Override
    public void advertise(Role role, boolean does) {
        loop.run(() -> {
            if (does ? roles.add(role) : roles.remove(role)) {
                announce();
            }
        });
    }

    @Override
    public void join(Collection<Multiaddr> addresses) {
        List<Multiaddr> copy = List.copyOf(addresses);
        loop.run(() -> bootstrap.add(copy));
    }

    @Override
    public List<PeerId> view() {
        return sampled.peers();
    }

    @Override
    public List<PeerId> sample(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("a sample of " + count);
        }
        List<PeerId> neighbours = new ArrayList<>(sampled.peers());
        var random = new SplittableRandom(sampleSeed.getAndAdd(0x9E3779B97F4A7C15L));
        for (int i = 0; i < Math.min(count, neighbours.size()); i++) {
            Collections.swap(neighbours, i, random.nextInt(i, neighbours.size()));
        }
        return List.copyOf(neighbours.subList(0, Math.min(count, neighbours.size())));
    }

    @Override
    public Optional<Convergence> running() {
        return estimates.running();
    }

    @Override
    public Optional<Estimate> size() {
        return estimates.size();
    }

    @Override
    public Optional<Estimate> mean(Quantity quantity) {
        return estimates.mean(quantity);
    }

    @Override
    public Optional<Estimate> total(Quantity quantity) {
        return estimates.total(quantity);
    }

    @Override
    public void report(Quantity quantity, double value) {
        estimates.report(quantity, value);
    }

    @Override
    public Registration listen(AggregatesListener listener) {
        return estimates.listen(listener);
    }

    @Override
    public Optional<Standing> standing() {
        return ranks.standing();
    }

    @Override
    public Verdict verdict(Slice slice) {
        return ranks.verdict(slice);
    }

    /** Says good-bye, for half a second at most, and stops. Does nothing the second time. */
    @Deactivate
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            loop.runAndWait(() -> swim.handle(new SwimInput.Leave()), FAREWELL);
            exchanges.drain(FAREWELL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        registrations.forEach(Registration::close);
        swim.postcards().close();
        loop.close();
        directory.close();
    }
}
