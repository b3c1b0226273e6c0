// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.ConnectionListener;
import io.peerwerk.transport.DialException;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.Identification;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.StreamHandler;
import io.peerwerk.transport.StreamResetException;
import io.peerwerk.transport.internal.gate.Rules;
import io.peerwerk.transport.internal.limits.ConnectionLease;
import io.peerwerk.transport.internal.limits.Limit;
import io.peerwerk.transport.internal.limits.Limits;
import io.peerwerk.transport.internal.limits.Resources;
import io.peerwerk.transport.spi.Link;
import io.peerwerk.transport.spi.Muxer;
import io.peerwerk.transport.spi.SecureChannel;
import io.peerwerk.transport.spi.Swarm;
import io.peerwerk.transport.spi.Transport;

/**
 * A host made of the transports, secure channels and muxers it is given, which may come and go while it lives. A
 * transport that goes takes its listeners and connections along; one that comes listens on the configured addresses
 * again.
 *
 * <p>As a component it starts when somebody configures {@value #PID} and publishes an {@link Identity}, and hears of
 * the services of its three kinds as they come and go.
 */
@Component(service = {Host.class, Swarm.class}, configurationPid = SwitchHost.PID, configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true)
public final class SwitchHost implements Host, Swarm, AutoCloseable {

    /** The configuration's name. */
    public static final String PID = "io.peerwerk.transport";

    /** The configuration. */
    public @interface Settings {

        /** Addresses to listen on; port 0 lets the system choose one. */
        String[] listen() default "/ip4/0.0.0.0/tcp/0";

        /** Peer ids, IP addresses and networks (192.0.2.0/24); if there are any, nobody else is let in or dialled. */
        String[] allow() default {};

        /** Peer ids, IP addresses and networks that are never let in or dialled. */
        String[] deny() default {};

        /** Networks from which links come in any number: this machine, one's own test network. */
        String[] trusted() default {"127.0.0.0/8", "::1"};

        /** Bytes a second sent to all peers together; 0 for as fast as it goes. */
        long upload() default 0;

        /** Bytes a second received from all peers together; 0 for as fast as it goes. */
        long download() default 0;

        /** Bytes a second sent to each peer; 0 for as fast as it goes. */
        long peerUpload() default 0;

        /** Bytes a second received from each peer; 0 for as fast as it goes. */
        long peerDownload() default 0;

        /** Bytes of memory for connections and streams; 0 for a part of what the machine has. */
        long memory() default 0;

        /** Connections at most, three quarters of them incoming; 0 for what the machine can take. */
        int connections() default 0;

        /** Connections with one peer at most; 0 for what two hosts that dial each other need. */
        int peerConnections() default 0;
    }

    private static final Logger LOG = LoggerFactory.getLogger(SwitchHost.class);

    private final Identity identity;
    private final HostOptions options;
    private final SecureRandom random = new SecureRandom();
    private final ExecutorService handlers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("stream-", 0).factory());
    private final ProtocolTable protocols = new ProtocolTable();
    private final AddressBook book = new AddressBook();
    private final Admission admission;
    private final Rates rates;
    private final PendingLinks pending;
    private final ConnectionTable connections;
    private final Upgrader upgrader;
    private final Dialer dialer;
    private final Listening listening;
    private final ObservedAddresses observed;
    private final Meeting meeting;
    private final IdentifyProtocol identify;
    private final Pushes pushes;
    private final Announcements announced;
    private volatile boolean closed;

    /** The component. */
    @Activate
    public SwitchHost(@Reference(name = "identity") Identity identity, Settings settings) {
        this(identity, HostOptions.of(settings), InstantSource.system());
    }

    /** The configuration has changed; what it says holds at once, without a restart. */
    @Modified
    void modified(Settings settings) {
        HostOptions changed;
        try {
            changed = HostOptions.of(settings);
        } catch (IllegalArgumentException e) {
            LOG.error("the settings stay as they were: {}", e.getMessage());
            return;
        }
        apply(changed.limits());
        apply(changed.rules());
        apply(changed.bandwidth());
        listening.configure(changed.listen());
        pushes.changed();
    }

    /** Other limits, from now on. */
    public void apply(Limits limits) {
        admission.resources().change(limits);
    }

    /** Other rules, at once: connections that they do not want are closed. */
    public void apply(Rules rules) {
        admission.rules(rules);
        closeThose(connection -> !admission.wants(connection));
    }

    /** Other rates, at once, for streams that are under way too. */
    public void apply(Bandwidth bandwidth) {
        rates.change(bandwidth);
    }

    /** What is held for all peers together. */
    public Resources.Usage usage() {
        return admission.resources().usage();
    }

    Rates rates() {
        return rates;
    }

    /** A host on the machine's clock; it listens on the addresses of the options that the transports can serve. */
    public SwitchHost(Identity identity, HostOptions options, List<? extends Transport> transports,
            List<? extends SecureChannel> secureChannels, List<? extends Muxer> muxers) {
        this(identity, options, InstantSource.system());
        secureChannels.forEach(this::add);
        muxers.forEach(this::add);
        transports.forEach(this::add);
    }

    /** A host without any transport yet. */
    public SwitchHost(Identity identity, HostOptions options, InstantSource clock) {
        this.identity = identity;
        this.options = options;
        var environment = new Inside();
        this.pending = new PendingLinks(options.maxPending());
        this.admission = new Admission(options);
        this.rates = new Rates(options.bandwidth());
        this.connections = new ConnectionTable(task -> Thread.ofVirtual().start(task));
        this.upgrader = new Upgrader(identity, clock, environment);
        this.listening = new Listening(options.listen(), this::accept);
        this.observed = new ObservedAddresses(clock);
        this.identify = new IdentifyProtocol(new IdentifyProtocol.Mine(identity.publicKey(), options.agent(),
                this::advertised, protocols, new OwnRecord(identity, clock)), book, this::seen,
                connections::identified);
        this.pushes = new Pushes(identify, connections::all, handlers);
        this.announced = new Announcements(pushes::changed);
        var rules = DialRules.standard(options.dialStagger(), this::bound, this::remotes, clock);
        this.dialer = new Dialer(options, rules, listening::boundBy, admission::leave, upgrader::upgrade);
        this.meeting = new Meeting(dialer::transport, listening::boundBy, admission::leave, upgrader::upgrade);
        protocols.add(PingProtocol.NAME, PingProtocol::serve, PingProtocol.MAX_STREAMS);
        addIdentify(IdentifyProtocol.NAME, identify::serve);
        addIdentify(IdentifyProtocol.PUSH, identify::servePush);
        protocols.onChange(pushes::changed);
    }

    private void addIdentify(String protocol, StreamHandler handler) {
        protocols.add(new ProtocolTable.Entry(protocol, handler, IdentifyProtocol.MAX_STREAMS, IdentifyProtocol.PACE));
    }

    // ---- what comes and goes

    /** Uses a transport from now on; listens on the configured addresses it can serve. Blocks until they are bound. */
    @Reference(name = "transport", cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
            unbind = "remove")
    public void add(Transport transport) {
        dialer.add(transport);
        listening.add(transport);
        pushes.changed();
    }

    /** Stops using a transport; its connections are closed. */
    public void remove(Transport transport) {
        dialer.remove(transport);
        listening.remove(transport);
        pushes.changed();
        closeThose(connection -> connection.transport() == transport);
    }

    /** Uses a secure channel from now on. */
    @Reference(name = "secure", cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
            unbind = "remove")
    public void add(SecureChannel secure) {
        upgrader.add(secure);
        listening.retry();
    }

    /** Stops using a secure channel; the connections that it secures are closed. */
    public void remove(SecureChannel secure) {
        upgrader.remove(secure);
        closeThose(connection -> connection.security().equals(secure.protocol()));
    }

    /** Uses a muxer from now on. */
    @Reference(name = "muxer", cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
            unbind = "remove")
    public void add(Muxer muxer) {
        upgrader.add(muxer);
        listening.retry();
    }

    /** Stops using a muxer; the connections whose streams it carries are closed. */
    public void remove(Muxer muxer) {
        upgrader.remove(muxer);
        closeThose(connection -> connection.muxer().equals(muxer.protocol()));
    }

    private void closeThose(Predicate<SwitchConnection> which) {
        connections.all().stream().filter(which).forEach(SwitchConnection::close);
    }

    private void learn(SwitchConnection connection) {
        try {
            identify.ask(connection);
        } catch (IOException e) {
            LOG.debug("{} does not say who it is: {}", connection.peer(), e.toString());
        }
    }

    /** Only from a port that is listened on it means something for others where a peer sees this one. */
    private void seen(SwitchConnection connection, Multiaddr at) {
        Multiaddr local = connection.localAddress();
        if (!connection.relayed() && listening.covers(connection.transport(), local)) {
            observed.saw(connection, new ObservedAddresses.Sighting(local, connection.remoteAddress(),
                    connection.initiator(), at));
            if (!connection.isOpen()) {
                observed.closed(connection);
            }
        }
    }

    private void accept(Transport transport, Link link) {
        ConnectionLease lease = closed ? null : admission.enter(link);
        if (lease == null) {
            link.channel().close();
            return;
        }
        pending.add(link.channel());
        var order = new Upgrader.Order(link, transport, false, Optional.empty(), lease);
        upgrader.upgrade(order).whenComplete((connection, failure) -> {
            pending.remove(link.channel());
            if (failure != null) {
                admission.refused(link, failure);
            }
        });
    }

    // ---- the API

    @Override
    public PeerId id() {
        return identity.id();
    }

    @Override
    public List<Multiaddr> addresses() {
        return union(listening.addresses(), announced.all());
    }

    /** As {@link #addresses}, those in front that reach farthest: only some are told where there are many. */
    private List<Multiaddr> advertised() {
        return union(announced.all(), listening.addresses());
    }

    private static List<Multiaddr> union(List<Multiaddr> first, List<Multiaddr> second) {
        var all = new LinkedHashSet<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }

    @Override
    public Map<Multiaddr, String> refusedAddresses() {
        return listening.failures();
    }

    @Override
    public Connection connect(PeerId peer, Collection<Multiaddr> addresses) throws IOException {
        return connected(peer, addresses, Dialer.Cause.CONNECTION);
    }

    /** The live connection to a peer, or a dial of the addresses remembered for it. */
    private SwitchConnection connected(PeerId peer) throws IOException {
        return connected(peer, book.known(peer), Dialer.Cause.USE);
    }

    private SwitchConnection connected(PeerId peer, Collection<Multiaddr> addresses, Dialer.Cause cause)
            throws IOException {
        Optional<SwitchConnection> live = connections.find(peer);
        if (live.isPresent()) {
            return live.get();
        }
        checkOpen();
        if (peer.equals(id())) {
            throw new IOException("that is this peer itself");
        }
        SwitchConnection connection = dialer.dial(peer, addresses, cause);
        book.worked(peer, connection.remoteAddress());
        return connection;
    }

    @Override
    public Connection connect(Multiaddr address) throws IOException {
        Optional<PeerId> peer = address.peer();
        if (peer.isPresent()) {
            return connected(peer.get(), List.of(address), Dialer.Cause.PERSON);
        }
        checkOpen();
        SwitchConnection connection = dialer.dial(address);
        book.worked(connection.peer(), connection.remoteAddress());
        return connection;
    }

    @Override
    public Stream open(PeerId peer, String protocol) throws IOException {
        Optional<SwitchConnection> live = connections.find(peer);
        if (live.isPresent()) {
            try {
                return live.get().open(protocol);
            } catch (StreamResetException e) {
                if (live.get().isOpen()) {
                    throw e;
                }
            }
        }
        return connected(peer).open(protocol);
    }

    @Override
    public void remember(PeerId peer, Collection<Multiaddr> addresses) {
        if (!peer.equals(id())) {
            book.remember(peer, addresses);
        }
    }

    @Override
    public List<Multiaddr> known(PeerId peer) {
        return book.known(peer);
    }

    @Override
    public List<Connection> connections() {
        return List.copyOf(connections.all());
    }

    @Override
    public Optional<Connection> connection(PeerId peer) {
        return connections.find(peer).map(Connection.class::cast);
    }

    @Override
    public Registration handle(String protocol, StreamHandler handler) {
        return protocols.add(protocol, handler, Limit.ANY);
    }

    @Override
    public Registration listen(ConnectionListener listener) {
        return connections.listen(listener);
    }

    @Override
    public Duration ping(PeerId peer) throws IOException {
        return PingProtocol.ping(connected(peer), random);
    }

    @Override
    public Identification identify(PeerId peer) throws IOException {
        return identify.ask(connected(peer));
    }

    // ---- for those who change how this peer is reached

    @Override
    public Registration listenOn(Multiaddr address) throws IOException {
        Registration registration = listening.listenOn(address);
        pushes.changed();
        return () -> {
            registration.close();
            pushes.changed();
        };
    }

    @Override
    public Registration announce(Multiaddr address) {
        return announced.add(address.withoutPeer());
    }

    @Override
    public List<Multiaddr> bound() {
        return listening.addresses();
    }

    @Override
    public List<Observation> observed() {
        List<Multiaddr> bound = bound();
        return observed.all().stream().filter(o -> bound.contains(o.bound())).toList();
    }

    @Override
    public Translation translation(Protocol transport) {
        return observed.translation(transport);
    }

    @Override
    public Connection connect(PeerId peer, Collection<Multiaddr> addresses, Mode mode) throws IOException {
        checkOpen();
        return mode == Mode.FRESH ? dialer.dial(peer, addresses, mode)
                : meeting.meet(peer, addresses, mode == Mode.MEET_AS_INITIATOR);
    }

    private List<Multiaddr> remotes() {
        return connections.all().stream().map(Connection::remoteAddress).toList();
    }

    private void checkOpen() throws DialException {
        if (closed) {
            throw new DialException("any peer, this host is closed", Map.of());
        }
    }

    /** Ends everything: listeners, connections, handlers. The transports themselves are left alone. */
    @Override
    @Deactivate
    public void close() {
        closed = true;
        listening.close();
        pending.close();
        connections.all().forEach(SwitchConnection::close);
        handlers.shutdownNow();
    }

    /** What connections need from this host. */
    private final class Inside implements SwitchConnection.Environment {

        @Override
        public ProtocolTable protocols() {
            return protocols;
        }

        @Override
        public HostOptions options() {
            return options;
        }

        @Override
        public Rates rates() {
            return rates;
        }

        @Override
        public void welcome(Link link, PeerId peer) throws IOException {
            admission.welcome(link, peer);
        }

        @Override
        public Executor threads() {
            return handlers;
        }

        @Override
        public boolean admit(SwitchConnection connection) {
            // Added first, looked at then: whoever closes the host or takes the transport away meanwhile finds it, or is seen.
            connections.add(connection);
            boolean admitted = !closed && dialer.uses(connection.transport());
            if (admitted) {
                dialer.connected(connection.peer());
            }
            if (admitted && !connection.initiator() && !connection.relayed()) {
                meeting.arrived(connection);
            }
            if (admitted && options.identify()) {
                Thread.ofVirtual().name("identify").start(() -> learn(connection));
            }
            return admitted;
        }

        @Override
        public void closing(SwitchConnection connection) {
            // find() passes it over from now on
        }

        @Override
        public void closed(SwitchConnection connection) {
            connections.remove(connection);
            observed.closed(connection);
        }
    }
}
