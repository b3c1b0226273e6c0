// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.ConnectionListener;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.HostLoad;
import io.peerwerk.transport.Identification;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.StreamHandler;
import io.peerwerk.transport.internal.gate.Rules;
import io.peerwerk.transport.internal.limits.Limit;
import io.peerwerk.transport.internal.limits.Limits;
import io.peerwerk.transport.internal.limits.Resources;
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

    private static final Logger LOG = LoggerFactory.getLogger(SwitchHost.class);

    private final Identity identity;
    private final SecureRandom random = new SecureRandom();
    private final ProtocolTable protocols = new ProtocolTable();
    private final AddressBook book = new AddressBook();
    private final Reception reception;
    private final Listening listening;
    private final Dialer dialer;
    private final Meeting meeting;
    private final Connector connector;
    private final OwnAddresses own;
    private final IdentifyProtocol identify;
    private final Pushes pushes;

    /** The component. */
    @Activate
    public SwitchHost(@Reference(name = "identity") Identity identity, HostSettings settings) {
        this(identity, HostOptions.of(settings), InstantSource.system());
    }

    /** The configuration has changed; what it says holds at once, without a restart. */
    @Modified
    void modified(HostSettings settings) {
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
        changed();
    }

    /** Other limits, from now on. */
    public void apply(Limits limits) {
        reception.admission().resources().change(limits);
    }

    /** Other rules, at once: connections that they do not want are closed. */
    public void apply(Rules rules) {
        reception.admission().rules(rules);
        reception.closeThose(connection -> !reception.admission().wants(connection));
    }

    /** Other rates, at once, for streams that are under way too. */
    public void apply(Bandwidth bandwidth) {
        reception.rates().change(bandwidth);
    }

    /** What is held for all peers together. */
    public Resources.Usage usage() {
        return reception.admission().resources().usage();
    }

    Rates rates() {
        return reception.rates();
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
        this.reception = new Reception(identity, options, clock, protocols);
        this.listening = new Listening(options.listen(), reception::accept);
        this.own = new OwnAddresses(listening, clock, this::changed);
        this.identify = new IdentifyProtocol(new IdentifyProtocol.Mine(identity.publicKey(), options.agent(),
                own::advertised, protocols, new OwnRecord(identity, clock)), book, own::seen,
                reception.connections()::identified);
        this.pushes = new Pushes(identify, reception.connections()::all, reception.threads());
        var rules = DialRules.standard(options.dialStagger(), this::bound, this::remotes, clock);
        this.dialer = new Dialer(options, rules, listening::boundBy, reception::leave, reception::upgrade);
        this.meeting = new Meeting(dialer::transport, listening::boundBy, reception::leave, reception::upgrade);
        this.connector = new Connector(identity.id(), reception, dialer, book);
        reception.tell(new Newcomers(options.identify()));
        protocols.add(PingProtocol.NAME, PingProtocol::serve, PingProtocol.MAX_STREAMS);
        addIdentify(IdentifyProtocol.NAME, identify::serve);
        addIdentify(IdentifyProtocol.PUSH, identify::servePush);
        protocols.onChange(this::changed);
    }

    /** What identify tells of this host is not what it was. */
    private void changed() {
        pushes.changed();
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
        changed();
    }

    /** Stops using a transport; its connections are closed. */
    public void remove(Transport transport) {
        dialer.remove(transport);
        listening.remove(transport);
        changed();
        reception.closeThose(connection -> connection.transport() == transport);
    }

    /** Uses a secure channel from now on. */
    @Reference(name = "secure", cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
            unbind = "remove")
    public void add(SecureChannel secure) {
        reception.upgrader().add(secure);
        listening.retry();
    }

    /** Stops using a secure channel; the connections that it secures are closed. */
    public void remove(SecureChannel secure) {
        reception.upgrader().remove(secure);
        reception.closeThose(connection -> connection.security().equals(secure.protocol()));
    }

    /** Uses a muxer from now on. */
    @Reference(name = "muxer", cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
            unbind = "remove")
    public void add(Muxer muxer) {
        reception.upgrader().add(muxer);
        listening.retry();
    }

    /** Stops using a muxer; the connections whose streams it carries are closed. */
    public void remove(Muxer muxer) {
        reception.upgrader().remove(muxer);
        reception.closeThose(connection -> connection.muxer().equals(muxer.protocol()));
    }

    // ---- the API

    @Override
    public PeerId id() {
        return identity.id();
    }

    @Override
    public List<Multiaddr> addresses() {
        return own.all();
    }

    @Override
    public Map<Multiaddr, String> refusedAddresses() {
        return listening.failures();
    }

    @Override
    public Connection connect(PeerId peer, Collection<Multiaddr> addresses) throws IOException {
        return connector.connect(peer, addresses, Dialer.Cause.CONNECTION);
    }

    @Override
    public Connection connect(Multiaddr address) throws IOException {
        return connector.connect(address);
    }

    @Override
    public Stream open(PeerId peer, String protocol) throws IOException {
        return connector.open(peer, protocol);
    }

    @Override
    public Stream openBulk(PeerId peer, String protocol) throws IOException {
        return connector.openBulk(peer, protocol);
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
        return List.copyOf(reception.connections().all());
    }

    @Override
    public Optional<Connection> connection(PeerId peer) {
        return reception.connections().find(peer).map(Connection.class::cast);
    }

    @Override
    public Registration handle(String protocol, StreamHandler handler) {
        return protocols.add(protocol, handler, Limit.ANY);
    }

    @Override
    public Registration listen(ConnectionListener listener) {
        return reception.connections().listen(listener);
    }

    @Override
    public Duration ping(PeerId peer) throws IOException {
        return PingProtocol.ping(connector.connect(peer), random);
    }

    @Override
    public Identification identify(PeerId peer) throws IOException {
        return identify.ask(connector.connect(peer));
    }

    @Override
    public HostLoad load() {
        Limit most = reception.admission().resources().limits().system();
        Resources.Usage now = usage();
        return new HostLoad(now.connections(), most.connections(), now.streams(), now.memory(), most.memory(),
                now.descriptors(), most.descriptors());
    }

    // ---- for those who change how this peer is reached

    @Override
    public Registration listenOn(Multiaddr address) throws IOException {
        return own.listenOn(address);
    }

    @Override
    public Registration announce(Multiaddr address) {
        return own.announce(address);
    }

    @Override
    public List<Multiaddr> bound() {
        return listening.addresses();
    }

    @Override
    public List<Observation> observed() {
        return own.observed();
    }

    @Override
    public Translation translation(Protocol transport) {
        return own.translation(transport);
    }

    @Override
    public Connection connect(PeerId peer, Collection<Multiaddr> addresses, Mode mode) throws IOException {
        connector.checkOpen();
        return mode == Mode.FRESH ? dialer.dialFresh(peer, addresses)
                : meeting.meet(peer, addresses, mode == Mode.MEET_AS_INITIATOR);
    }

    private List<Multiaddr> remotes() {
        return reception.connections().all().stream().map(Connection::remoteAddress).toList();
    }

    /** Ends everything: listeners, connections, handlers. The transports themselves are left alone. */
    @Override
    @Deactivate
    public void close() {
        listening.close();
        reception.close();
    }

    /** Those whom this host begins or ceases to know. */
    private final class Newcomers implements Reception.Watcher {

        private final boolean identified;

        private Newcomers(boolean identified) {
            this.identified = identified;
        }

        @Override
        public boolean wants(SwitchConnection connection) {
            return dialer.uses(connection.transport());
        }

        @Override
        public void arrived(SwitchConnection connection) {
            dialer.connected(connection.peer());
            if (!connection.initiator() && !connection.relayed()) {
                meeting.arrived(connection);
            }
            if (identified) {
                Thread.ofVirtual().name("identify").start(() -> learn(connection));
            }
        }

        private void learn(SwitchConnection connection) {
            try {
                identify.ask(connection);
            } catch (IOException e) {
                LOG.debug("{} does not say who it is: {}", connection.peer(), e.toString());
            }
        }

        @Override
        public void left(SwitchConnection connection) {
            own.closed(connection);
            connector.closed(connection);
        }
    }
}
