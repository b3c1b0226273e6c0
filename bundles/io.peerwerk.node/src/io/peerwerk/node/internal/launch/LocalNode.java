// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.launch;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import io.peerwerk.core.Registration;
import io.peerwerk.gossip.Aggregates;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.Membership;
import io.peerwerk.nat.ReachabilityMonitor;
import io.peerwerk.node.ModuleAbsentException;
import io.peerwerk.node.NetworkEstimates;
import io.peerwerk.node.NetworkStatus;
import io.peerwerk.node.Node;
import io.peerwerk.node.NodeLimits;
import io.peerwerk.node.NodeListener;
import io.peerwerk.node.NodeModule;
import io.peerwerk.node.NodeSettings;
import io.peerwerk.node.NodeStatus;
import io.peerwerk.node.PeerInfo;
import io.peerwerk.routing.Routing;
import io.peerwerk.storage.PrivateContent;
import io.peerwerk.storage.PublicContent;
import io.peerwerk.storage.Sharing;
import io.peerwerk.storage.Storage;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.spi.Swarm;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node of this process, over whichever modules are there. Each module is held in one slot; a successor takes the
 * slot before its predecessor gives it up, so that an update which overlaps shows no gap.
 */
@Component(service = Node.class)
public final class LocalNode implements Node {
    private static final Logger LOG = LoggerFactory.getLogger(LocalNode.class);

    private final Launch launch;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Host> host = new AtomicReference<>();
    private final AtomicReference<@Nullable Membership> membership = new AtomicReference<>();
    private final AtomicReference<@Nullable Aggregates> aggregates = new AtomicReference<>();
    private final AtomicReference<@Nullable Storage> storage = new AtomicReference<>();
    private final AtomicReference<@Nullable PrivateContent> privateContent = new AtomicReference<>();
    private final AtomicReference<@Nullable Sharing> sharing = new AtomicReference<>();
    private final AtomicReference<@Nullable PublicContent> publicContent = new AtomicReference<>();
    private final AtomicReference<@Nullable Routing> routing = new AtomicReference<>();
    private final AtomicReference<@Nullable Swarm> swarm = new AtomicReference<>();
    private final AtomicReference<@Nullable ReachabilityMonitor> reachability = new AtomicReference<>();
    private final List<NodeListener> listeners = new CopyOnWriteArrayList<>();

    @Activate
    public LocalNode(@Reference Launch launch) {
        this(launch, Clock.systemUTC());
    }

    /** For use without OSGi: bind the modules by hand. */
    public LocalNode(Launch launch, InstantSource clock) {
        this.launch = launch;
        this.clock = clock;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindHost(Host module) {
        came(host, module, NodeModule.TRANSPORT);
    }

    public void unbindHost(Host module) {
        went(host, module, NodeModule.TRANSPORT);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindMembership(Membership module) {
        came(membership, module, NodeModule.GOSSIP);
    }

    public void unbindMembership(Membership module) {
        went(membership, module, NodeModule.GOSSIP);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindAggregates(Aggregates module) {
        aggregates.set(module);
    }

    public void unbindAggregates(Aggregates module) {
        aggregates.compareAndSet(module, null);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindStorage(Storage module) {
        came(storage, module, NodeModule.STORAGE);
    }

    public void unbindStorage(Storage module) {
        went(storage, module, NodeModule.STORAGE);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindPrivateContent(PrivateContent module) {
        privateContent.set(module);
    }

    public void unbindPrivateContent(PrivateContent module) {
        privateContent.compareAndSet(module, null);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindSharing(Sharing module) {
        sharing.set(module);
    }

    public void unbindSharing(Sharing module) {
        sharing.compareAndSet(module, null);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindPublicContent(PublicContent module) {
        publicContent.set(module);
    }

    public void unbindPublicContent(PublicContent module) {
        publicContent.compareAndSet(module, null);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindRouting(Routing module) {
        routing.set(module);
    }

    public void unbindRouting(Routing module) {
        routing.compareAndSet(module, null);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindSwarm(Swarm module) {
        swarm.set(module);
    }

    public void unbindSwarm(Swarm module) {
        swarm.compareAndSet(module, null);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindReachability(ReachabilityMonitor module) {
        reachability.set(module);
    }

    public void unbindReachability(ReachabilityMonitor module) {
        reachability.compareAndSet(module, null);
    }

    private <T> void came(AtomicReference<@Nullable T> slot, T module, NodeModule kind) {
        slot.set(module);
        tell(kind, true);
    }

    private <T> void went(AtomicReference<@Nullable T> slot, T module, NodeModule kind) {
        if (slot.compareAndSet(module, null)) {
            tell(kind, false);
        }
    }

    private void tell(NodeModule module, boolean present) {
        LOG.debug("the {} module {}", module.label(), present ? "is there" : "is away");
        for (NodeListener listener : listeners) {
            try {
                listener.moduleChanged(module, present);
            } catch (RuntimeException e) {
                LOG.error("{} failed on the {} module's change", listener, module.label(), e);
            }
        }
    }

    @Override
    public Host host() throws ModuleAbsentException {
        return present(host.get(), NodeModule.TRANSPORT);
    }

    @Override
    public Membership membership() throws ModuleAbsentException {
        return present(membership.get(), NodeModule.GOSSIP);
    }

    @Override
    public Storage storage() throws ModuleAbsentException {
        return present(storage.get(), NodeModule.STORAGE);
    }

    @Override
    public Routing routing() throws IOException {
        Routing module = routing.get();
        return module == null ? Node.super.routing() : module;
    }

    @Override
    public PrivateContent privateContent() throws IOException {
        PrivateContent module = privateContent.get();
        return module == null ? Node.super.privateContent() : module;
    }

    @Override
    public Sharing sharing() throws IOException {
        Sharing module = sharing.get();
        return module == null ? Node.super.sharing() : module;
    }

    @Override
    public PublicContent publicContent() throws IOException {
        PublicContent module = publicContent.get();
        return module == null ? Node.super.publicContent() : module;
    }

    private static <T> T present(@Nullable T module, NodeModule kind) throws ModuleAbsentException {
        if (module == null) {
            throw new ModuleAbsentException(kind);
        }
        return module;
    }

    @Override
    public Registration listen(NodeListener listener) {
        // A wrapper of its own, so that the same listener registered twice is removed once.
        NodeListener own = listener::moduleChanged;
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    @Override
    public NodeSettings settings() {
        return launch.settings();
    }

    @Override
    public NodeLimits limits() {
        return launch.limits().now();
    }

    @Override
    public NodeLimits change(NodeLimits.Change wanted) throws IOException {
        return launch.limits().change(wanted);
    }

    @Override
    public NodeStatus status() {
        Host hostNow = host.get();
        Storage storageNow = storage.get();
        List<Connection> connections = hostNow == null ? List.of() : hostNow.connections();
        return new NodeStatus(launch.id(), launch.agent(), launch.startedAt(),
                Duration.between(launch.startedAt(), clock.instant()),
                hostNow == null ? List.of() : hostNow.addresses(), modules(), memberCounts(), connections.size(),
                connections.stream().mapToLong(Connection::bytesIn).sum(),
                connections.stream().mapToLong(Connection::bytesOut).sum(),
                storageNow == null ? null : storageNow.status(), network(hostNow), estimates());
    }

    private NetworkStatus network(@Nullable Host hostNow) {
        if (hostNow == null) {
            return NetworkStatus.NONE;
        }
        Swarm swarmNow = swarm.get();
        ReachabilityMonitor monitor = reachability.get();
        return new NetworkStatus(monitor == null ? null : monitor.status(), swarmNow == null ? List.of()
                : swarmNow.observed().stream().map(Swarm.Observation::address).distinct().toList(),
                hostNow.refusedAddresses(), hostNow.load());
    }

    private NetworkEstimates estimates() {
        Aggregates now = aggregates.get();
        return now == null ? NetworkEstimates.NONE : NetworkEstimates.of(now);
    }

    private Set<NodeModule> modules() {
        var modules = EnumSet.noneOf(NodeModule.class);
        if (host.get() != null) {
            modules.add(NodeModule.TRANSPORT);
        }
        if (membership.get() != null) {
            modules.add(NodeModule.GOSSIP);
        }
        if (storage.get() != null) {
            modules.add(NodeModule.STORAGE);
        }
        return modules;
    }

    private Map<MemberState, Integer> memberCounts() {
        var counts = new EnumMap<MemberState, Integer>(MemberState.class);
        members().forEach(member -> counts.merge(member.state(), 1, Integer::sum));
        return counts;
    }

    private List<Member> members() {
        Membership now = membership.get();
        return now == null ? List.of() : now.members();
    }

    @Override
    public List<PeerInfo> peers() {
        return members().stream().map(this::info).toList();
    }

    private PeerInfo info(Member member) {
        Host now = host.get();
        Connection connected = now == null ? null : now.connection(member.id()).orElse(null);
        return new PeerInfo(member.id(), member.state(), member.since(), member.addresses(),
                connected == null ? null : connected.remoteAddress(), connected == null ? null : connected.security(),
                member.roundTrip(), member.offer(), member.roles());
    }

    @Override
    public String toString() {
        return "LocalNode[" + launch.id() + "]";
    }
}
