// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.control;

import java.util.List;
import java.util.Map;

import io.peerwerk.storage.PublicStatus;
import io.peerwerk.transport.HostLoad;
import org.jspecify.annotations.Nullable;

/**
 * The messages of the control protocol: texts and numbers only, so that any JSON-RPC client can speak it. Times are
 * milliseconds, instants are ISO-8601, sizes are bytes, peers and addresses in their libp2p text forms
 * (addresses of nodes with {@code /p2p}, ready to be dialled).
 */
public final class Messages {
    /** The longest message either side takes, in bytes. */
    public static final int MAX_MESSAGE = 1 << 20;
    /** Error code of a request that was understood and could not be done; the message is one line for people. */
    public static final int FAILED = 1;

    private Messages() {
    }

    /**
     * @param path absolute, in the node's file system
     * @param shards like {@code 10/30}; absent: what the durability needs
     * @param durability as {@link io.peerwerk.storage.DurabilityTarget#parse} reads it; of no meaning beside shards
     */
    public record PutRequest(@Nullable String path, @Nullable String shards, @Nullable String durability) {
    }

    /** @param target absolute, in the node's file system */
    public record GetRequest(@Nullable String uri, @Nullable String target) {
    }

    public record LinkRequest(@Nullable String uri) {
    }

    /** @param recipient a peer id */
    public record ShareRequest(@Nullable String uri, @Nullable String recipient) {
    }

    public record OfferRequest(long bytes) {
    }

    /** @param address a multiaddr, with or without {@code /p2p}, or the id of a known peer */
    public record AddressRequest(@Nullable String address) {
    }

    /**
     * @param address as for {@link AddressRequest}
     * @param up bytes to send
     * @param down bytes to ask for
     */
    public record PerfRequest(@Nullable String address, long up, long down) {
    }

    /**
     * @param done bytes of the content
     * @param total bytes of the content, 0 while that is not known
     * @param phase a word like {@code storing}
     */
    public record ProgressUpdate(long done, long total, String phase) {
    }

    public record StatusReport(String peer, String agent, String home, long pid, String startedAt, long uptimeMillis,
            List<String> addresses, List<String> modules, Map<String, Integer> members, int connections, long bytesIn,
            long bytesOut, @Nullable StorageReport storage, @Nullable PublicStatus publicContent,
            NetworkReport network, EstimatesReport estimates) {
    }

    /** As {@link io.peerwerk.node.NetworkEstimates}; absent is what is not known. */
    public record EstimatesReport(@Nullable Double peers, @Nullable Double offered, @Nullable Double free,
            @Nullable Double load) {
    }

    /**
     * @param reach whether others reach the node: {@code public}, {@code private} or {@code unknown}; absent while
     *     nobody finds out
     * @param reachByAddress the same for each address that others were asked to dial
     * @param relays addresses through relays that the node listens on
     * @param observed where others see the node
     * @param refused addresses that cannot be listened on, with the reason
     * @param load what connections take and may take; absent while the transport is away
     */
    public record NetworkReport(@Nullable String reach, Map<String, String> reachByAddress,
            List<MappingReport> mappings, List<String> relays, List<String> observed, Map<String, String> refused,
            @Nullable HostLoad load) {
    }

    /** A port of the router, as {@link io.peerwerk.nat.PortMapping} says. */
    public record MappingReport(String protocol, int internalPort, String external, String by, String until) {
    }

    public record StorageReport(long offer, long used, long blocks, int objects, int repairsRunning,
            long chunksRepaired, long shardsRestored, @Nullable String lastRepair) {
    }

    /**
     * @param connection remote address of the open connection; absent, like the three after it, while there is none
     * @param relayed whether that connection goes through a third peer
     * @param transport what carries it: {@code tcp}, {@code quic}, {@code websocket}, {@code relay}, …
     * @param security what secures it, such as {@code noise}
     */
    public record PeerReport(String peer, String state, String since, List<String> addresses,
            @Nullable String connection, @Nullable Boolean relayed, @Nullable String transport,
            @Nullable String security, @Nullable Double roundTripMillis, long offer, List<String> roles) {
    }

    /**
     * @param warning a sentence when the item lies on too few peers to be safe
     * @param promise a sentence about what was asked for and can be expected; absent where it was stored by its shards
     */
    public record ItemReport(String name, String uri, String cid, long bytes, String storedAt, String shards,
            boolean folder, int holders, @Nullable String warning, @Nullable String promise) {
    }

    /** @param sender the peer that shared it; absent where it was no sealed link */
    public record FetchedReport(String path, long bytes, String sha256, @Nullable String sender) {
    }

    /** @param shardsByHolder how many shards each reachable peer holds */
    public record HealthReport(String cid, int chunks, int dataShards, int totalShards, int weakest, long reachable,
            long total, Map<String, Integer> shardsByHolder, @Nullable String warning) {
    }

    public record PingReport(String peer, double roundTripMillis) {
    }

    /** @param signed whether the addresses are sealed by the peer, so that others can pass them on */
    public record IdentifyReport(String peer, String agent, String protocolVersion, List<String> addresses,
            boolean signed, @Nullable String observed, List<String> protocols) {
    }

    /**
     * @param connection remote address of the connection that was measured
     * @param transport what carries it, as in {@link PeerReport}
     * @param upMillis until the peer had read all
     */
    public record PerfReport(String peer, String connection, String transport, String security, long up,
            double upMillis, long down, double downMillis) {
    }

    /** The longest message of a topic that fits into one of this protocol, in bytes: in Base64, and with its names. */
    public static final int MAX_PUBLISHED = 700_000;

    public record TopicRequest(@Nullable String topic) {
    }

    /** @param data in Base64, {@value #MAX_PUBLISHED} bytes at most */
    public record PublishRequest(@Nullable String topic, @Nullable String data) {
    }

    /** @param peers that the message goes to directly */
    public record PublishedReport(String topic, long bytes, int peers) {
    }

    /** @param peers that are known to be subscribed too */
    public record SubscribedReport(String topic, int peers) {
    }

    /**
     * @param via the neighbour that it came from
     * @param data in Base64; absent if it is longer than {@value #MAX_PUBLISHED} bytes
     */
    public record MessageReport(String topic, String from, String via, long sequence, long bytes,
            @Nullable String data) {
    }
}
