// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.fakes;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.KeyType;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.Membership;
import io.peerwerk.gossip.MembershipListener;
import io.peerwerk.gossip.Role;
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
import io.peerwerk.storage.Storage;
import io.peerwerk.transport.Host;

/** A node whose peers and modules are what the test says. */
public final class FakeNode implements Node {
    public static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

    public final FakeStorage storage = new FakeStorage();
    /** The routing module; null while it is not loaded. */
    public @Nullable FakeRouting routing = new FakeRouting();
    public final List<Multiaddr> joined = new ArrayList<>();
    public List<Multiaddr> addresses = List.of(Multiaddr.of("/ip4/127.0.0.1/tcp/4001"));
    private final Set<NodeModule> modules = EnumSet.allOf(NodeModule.class);
    private final Map<PeerId, PeerInfo> peers = new LinkedHashMap<>();
    private final List<NodeListener> listeners = new ArrayList<>();
    private final List<MembershipListener> memberListeners = new ArrayList<>();
    private final NodeSettings settings;
    /** How it stands in the network; nothing is known at first. */
    public NetworkStatus network = NetworkStatus.NONE;
    private NodeLimits limits = NodeLimits.NONE;
    /** When news of peers came. */
    public final Map<PeerId, Instant> heard = new HashMap<>();
    /** How well this peer is doing. */
    public int health;

    public FakeNode(Path home) {
        settings = NodeSettings.of(home);
    }

    /** The id of the peer with this number: always the same. */
    public static PeerId id(int number) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) number);
        key[0] = (byte) (number * 37);
        return PeerId.of(new PublicKey(KeyType.ED25519, key));
    }

    /** A peer that is as told and offers a gigabyte. */
    public static PeerInfo peer(int number, MemberState state, @Nullable Duration roundTrip) {
        Multiaddr address = Multiaddr.of("/ip4/127.0.0.1/tcp/" + (5000 + number));
        boolean connected = state == MemberState.ALIVE;
        return new PeerInfo(id(number), state, THEN, List.of(address), connected ? address : null,
                connected ? "/noise" : null, roundTrip, 1_000_000_000L, Set.of());
    }

    /** Adds or replaces a peer and tells it as the membership would. */
    public void put(PeerInfo peer) {
        PeerInfo before = peers.put(peer.id(), peer);
        Member now = member(peer);
        List.copyOf(memberListeners).forEach(l -> l.changed(before == null ? null : member(before), now));
    }

    /** Changes a peer without an event, as a new round trip does. */
    public void putSilently(PeerInfo peer) {
        peers.put(peer.id(), peer);
    }

    /** Forgets a peer without an event. */
    public void forget(PeerId id) {
        peers.remove(id);
    }

    /** A storm of gossip that changes nothing. */
    public void gossip(int events) {
        PeerInfo any = peers.values().iterator().next();
        for (int i = 0; i < events; i++) {
            put(any);
        }
    }

    private static Member member(PeerInfo peer) {
        return new Member(peer.id(), peer.addresses(), peer.state(), 0, peer.since(), peer.roundTrip(), peer.offer());
    }

    /** Loads or unloads a module. */
    public void module(NodeModule module, boolean present) {
        if (present) {
            modules.add(module);
        } else {
            modules.remove(module);
        }
        List.copyOf(listeners).forEach(l -> l.moduleChanged(module, present));
    }

    /** How many listen to the node, to its members and to its storage. */
    public int listening() {
        return listeners.size() + memberListeners.size() + storage.listening();
    }

    @Override
    public NodeStatus status() {
        Map<MemberState, Integer> members = new EnumMap<>(MemberState.class);
        peers.values().forEach(p -> members.merge(p.state(), 1, Integer::sum));
        return new NodeStatus(id(0), "peerwerk/test", THEN, Duration.ofMinutes(1), addresses, modules, members,
                (int) peers.values().stream().filter(PeerInfo::connected).count(), 0, 0,
                modules.contains(NodeModule.STORAGE) ? storage.status() : null, network, NetworkEstimates.NONE);
    }

    @Override
    public List<PeerInfo> peers() {
        return modules.contains(NodeModule.GOSSIP) ? List.copyOf(peers.values()) : List.of();
    }

    @Override
    public Host host() throws ModuleAbsentException {
        throw new ModuleAbsentException(NodeModule.TRANSPORT);
    }

    @Override
    public Membership membership() throws ModuleAbsentException {
        if (!modules.contains(NodeModule.GOSSIP)) {
            throw new ModuleAbsentException(NodeModule.GOSSIP);
        }
        return new FakeMembership();
    }

    @Override
    public Storage storage() throws ModuleAbsentException {
        if (!modules.contains(NodeModule.STORAGE)) {
            throw new ModuleAbsentException(NodeModule.STORAGE);
        }
        return storage;
    }

    @Override
    public Routing routing() throws IOException {
        FakeRouting module = routing;
        return module == null ? Node.super.routing() : module;
    }

    @Override
    public Registration listen(NodeListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public NodeSettings settings() {
        return settings;
    }

    @Override
    public NodeLimits limits() {
        return limits;
    }

    @Override
    public NodeLimits change(NodeLimits.Change wanted) {
        limits = limits.with(wanted);
        return limits;
    }

    private final class FakeMembership implements Membership {
        @Override
        public Member self() {
            return new Member(id(0), List.of(), MemberState.ALIVE, 0, THEN, null, 0);
        }

        @Override
        public List<Member> members() {
            return peers.values().stream().map(FakeNode::member).toList();
        }

        @Override
        public Optional<Member> find(PeerId id) {
            return Optional.ofNullable(peers.get(id)).map(FakeNode::member);
        }

        @Override
        public Optional<Instant> heardOf(PeerId id) {
            return Optional.ofNullable(heard.get(id));
        }

        @Override
        public int localHealth() {
            return health;
        }

        @Override
        public Registration listen(MembershipListener listener) {
            memberListeners.add(listener);
            return () -> memberListeners.remove(listener);
        }

        @Override
        public void advertise(long offerBytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void advertise(Role role, boolean does) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void join(Collection<Multiaddr> bootstrap) {
            joined.addAll(bootstrap);
        }
    }
}
