// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.control;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.gossip.Estimate;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.Role;
import io.peerwerk.nat.PortMapping;
import io.peerwerk.nat.Reachability;
import io.peerwerk.node.NetworkEstimates;
import io.peerwerk.node.NetworkStatus;
import io.peerwerk.node.NodeModule;
import io.peerwerk.node.NodeStatus;
import io.peerwerk.node.PeerInfo;
import io.peerwerk.node.internal.control.Messages.EstimatesReport;
import io.peerwerk.node.internal.control.Messages.FetchedReport;
import io.peerwerk.node.internal.control.Messages.HealthReport;
import io.peerwerk.node.internal.control.Messages.IdentifyReport;
import io.peerwerk.node.internal.control.Messages.ItemReport;
import io.peerwerk.node.internal.control.Messages.MappingReport;
import io.peerwerk.node.internal.control.Messages.NetworkReport;
import io.peerwerk.node.internal.control.Messages.PeerReport;
import io.peerwerk.node.internal.control.Messages.PerfReport;
import io.peerwerk.node.internal.control.Messages.StatusReport;
import io.peerwerk.node.internal.control.Messages.StorageReport;
import io.peerwerk.storage.Fetched;
import io.peerwerk.storage.Health;
import io.peerwerk.storage.PublicStatus;
import io.peerwerk.storage.StorageStatus;
import io.peerwerk.storage.StoredItem;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Identification;
import io.peerwerk.transport.Perf;
import org.jspecify.annotations.Nullable;

/** The modules' values in the words of the control protocol. */
final class Reports {
    private Reports() {
    }

    static StatusReport status(NodeStatus status, String home, @Nullable PublicStatus publicContent) {
        return new StatusReport(status.id().toString(), status.agent(), home, ProcessHandle.current().pid(),
                status.startedAt().toString(), status.uptime().toMillis(), dialable(status.addresses(), status.id()),
                status.modules().stream().sorted().map(NodeModule::label).toList(), members(status.members()),
                status.connections(), status.bytesIn(), status.bytesOut(), storage(status.storage()),
                publicContent, network(status.network()), estimates(status.estimates()));
    }

    private static EstimatesReport estimates(NetworkEstimates known) {
        return new EstimatesReport(value(known.peers()), value(known.offered()), value(known.free()),
                value(known.load()));
    }

    private static @Nullable Double value(@Nullable Estimate estimate) {
        return estimate == null ? null : estimate.value();
    }

    private static NetworkReport network(NetworkStatus status) {
        Reachability known = status.reachability() == null ? Reachability.UNKNOWN : status.reachability();
        return new NetworkReport(status.reachability() == null ? null : word(known.reach()),
                words(known.addresses(), Reports::word), known.mappings().stream().map(Reports::mapping).toList(),
                texts(known.relays()), texts(status.observed()), words(status.refused(), reason -> reason),
                status.load());
    }

    private static MappingReport mapping(PortMapping mapping) {
        String host = mapping.external().getHostString();
        return new MappingReport(mapping.protocol(), mapping.internalPort(),
                (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + mapping.external().getPort(), mapping.by(),
                mapping.until().toString());
    }

    private static <V> Map<String, String> words(Map<Multiaddr, V> values, Function<V, String> word) {
        var words = new LinkedHashMap<String, String>();
        values.forEach((address, value) -> words.put(address.toString(), word.apply(value)));
        return words;
    }

    private static Map<String, Integer> members(Map<MemberState, Integer> counts) {
        var report = new LinkedHashMap<String, Integer>();
        for (MemberState state : MemberState.values()) {
            report.put(word(state), counts.getOrDefault(state, 0));
        }
        return report;
    }

    private static @Nullable StorageReport storage(@Nullable StorageStatus status) {
        return status == null ? null : new StorageReport(status.offered(), status.used(), status.blocks(),
                status.objects(), status.repairsRunning(), status.chunksRepaired(), status.shardsRestored(),
                status.lastRepair() == null ? null : status.lastRepair().toString());
    }

    /** Living peers first, then by id, so that two looks at an unchanged network read the same. */
    static List<PeerReport> peers(List<PeerInfo> peers) {
        return peers.stream().sorted(Comparator.comparing(PeerInfo::state).thenComparing(PeerInfo::id))
                .map(Reports::peer).toList();
    }

    private static PeerReport peer(PeerInfo peer) {
        return new PeerReport(peer.id().toString(), word(peer.state()), peer.since().toString(),
                dialable(peer.addresses(), peer.id()), peer.connection() == null ? null : peer.connection().toString(),
                peer.connection() == null ? null : peer.relayed(),
                peer.connection() == null ? null : transport(peer.connection()),
                peer.security() == null ? null : security(peer.security()),
                peer.roundTrip() == null ? null : millis(peer.roundTrip()), peer.offer(),
                peer.roles().stream().sorted().map(Role::label).toList());
    }

    /** What carries a connection to this address, in the word that people use. */
    static String transport(Multiaddr address) {
        if (address.has(Protocol.P2P_CIRCUIT)) {
            return "relay";
        }
        if (address.has(Protocol.WS) || address.has(Protocol.WSS)) {
            return "websocket";
        }
        return address.has(Protocol.QUIC_V1) ? "quic" : address.components().getLast().protocol().text();
    }

    /** The protocol's name without its path: {@code noise} of {@code /noise}, {@code tls} of {@code /tls/1.0.0}. */
    static String security(String protocol) {
        String name = protocol.startsWith("/") ? protocol.substring(1) : protocol;
        return name.split("/", 2)[0];
    }

    static PerfReport measured(Connection connection, Perf.Figures figures) {
        return new PerfReport(connection.peer().toString(), connection.remoteAddress().toString(),
                transport(connection.remoteAddress()), security(connection.security()), figures.up(),
                millis(figures.upTime()), figures.down(), millis(figures.downTime()));
    }

    static ItemReport item(StoredItem item) {
        return new ItemReport(item.name(), item.link().toString(), item.link().root().toString(), item.bytes(),
                item.storedAt().toString(), item.shards().toString(), item.folder(), item.holders(),
                item.warning().orElse(null), item.promise() == null ? null : item.promise().words());
    }

    static FetchedReport fetched(Fetched fetched, @Nullable PeerId sender) {
        return new FetchedReport(fetched.path().toString(), fetched.bytes(), fetched.sha256(),
                sender == null ? null : sender.toString());
    }

    static HealthReport health(Health health) {
        var holders = new LinkedHashMap<String, Integer>();
        health.shardsByHolder().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .forEach(entry -> holders.put(entry.getKey().toString(), entry.getValue()));
        return new HealthReport(health.root().toString(), health.chunks(), health.dataShards(), health.totalShards(),
                health.weakest(), health.reachable(), health.total(), holders, health.warning().orElse(null));
    }

    static IdentifyReport identified(Identification answer) {
        return new IdentifyReport(answer.peer().toString(), answer.agent(), answer.protocolVersion(),
                texts(answer.listenAddresses()), answer.signed(), answer.observedAddress().map(Multiaddr::toString).orElse(null),
                answer.protocols().stream().sorted().toList());
    }

    static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }

    private static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** Whole addresses, with the peer's id: what {@code --bootstrap} and {@code ping} take. */
    private static List<String> dialable(List<Multiaddr> addresses, PeerId peer) {
        return addresses.stream().map(address -> address.withPeer(peer).toString()).toList();
    }

    private static List<String> texts(List<Multiaddr> addresses) {
        return addresses.stream().map(Multiaddr::toString).toList();
    }
}
