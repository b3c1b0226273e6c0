// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.Membership;
import io.peerwerk.nat.PortMapping;
import io.peerwerk.nat.Reach;
import io.peerwerk.nat.Reachability;
import io.peerwerk.nat.ReachabilityMonitor;
import io.peerwerk.node.Node;
import io.peerwerk.node.NodeSettings;
import io.peerwerk.node.internal.launch.Launch;
import io.peerwerk.node.internal.launch.LocalNode;
import io.peerwerk.routing.FoundPeer;
import io.peerwerk.routing.NameRecord;
import io.peerwerk.routing.Routing;
import io.peerwerk.routing.RoutingSnapshot;
import io.peerwerk.storage.DurabilityTarget;
import io.peerwerk.storage.Fetched;
import io.peerwerk.storage.Health;
import io.peerwerk.storage.NetworkConditions;
import io.peerwerk.storage.PrivateContent;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.Promise;
import io.peerwerk.storage.PutOptions;
import io.peerwerk.storage.Secret;
import io.peerwerk.storage.SharedLink;
import io.peerwerk.storage.Sharing;
import io.peerwerk.storage.Storage;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.StorageLink;
import io.peerwerk.storage.StorageStatus;
import io.peerwerk.storage.StoredItem;
import io.peerwerk.storage.TransferCancelledException;
import io.peerwerk.storage.WrongKeyException;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.HostLoad;
import io.peerwerk.transport.Identification;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.StreamResetException;
import io.peerwerk.transport.UnsupportedProtocolException;
import io.peerwerk.transport.spi.Swarm;

/** A node whose modules answer from a script, for tests of what lies above it. */
public final class FakeNode {
    public static final Instant STORED_AT = Instant.parse("2026-01-02T03:04:05Z");

    public final PeerId self = Fakes.peer();
    public final PeerId friend = Fakes.peer();
    public final StorageLink link = new StorageLink(Cid.raw(new byte[] {1}), Secret.of(key()));
    /** A put of a path that ends in {@code slow} tells its progress, counts this down and waits to be cancelled. */
    public final CountDownLatch slowPutRuns = new CountDownLatch(1);
    public final CountDownLatch slowPutCancelled = new CountDownLatch(1);
    public final AtomicLong offer = new AtomicLong(10_000_000_000L);

    public final FakePublicContent publicContent = new FakePublicContent();

    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final LocalNode node;

    private static byte[] key() {
        byte[] key = new byte[StorageLink.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /** All modules are there. */
    public FakeNode(Path home) {
        node = bare(home);
        node.bindHost(Fakes.of(Host.class, new Hosting()));
        node.bindSwarm(Fakes.of(Swarm.class, new Swarming()));
        node.bindReachability(Fakes.of(ReachabilityMonitor.class, new Reached()));
        node.bindMembership(Fakes.of(Membership.class, new Members()));
        node.bindPrivateContent(Fakes.of(PrivateContent.class, new Rotating()));
        node.bindSharing(Fakes.of(Sharing.class, new Sealing()));
        node.bindStorage(Fakes.of(Storage.class, new Storing()));
        node.bindPublicContent(publicContent);
        node.bindRouting(Fakes.of(Routing.class, new Table()));
    }

    /** A distributed hash table in which the friend is all there is. */
    public final class Table {
        private final FoundPeer found = new FoundPeer(friend, List.of(Multiaddr.of("/ip4/192.0.2.7/tcp/4001")));

        public int provide(Cid content) {
            return 3;
        }

        public List<FoundPeer> findProviders(Cid content, int limit) {
            return content.equals(link.root()) ? List.of(found) : List.of();
        }

        public Optional<FoundPeer> findPeer(PeerId peer) {
            return Optional.of(found).filter(known -> known.peer().equals(peer));
        }

        public List<FoundPeer> closestPeers(byte[] key) {
            return List.of(found);
        }

        public int putValue(byte[] key, byte[] value) {
            return key.length + value.length;
        }

        public Optional<byte[]> getValue(byte[] key) {
            return Optional.of(key);
        }

        public int publishName(String value, Duration lifetime) throws IOException {
            if (lifetime.toHours() != 48) {
                throw new IOException("the usual lifetime is two days");
            }
            return 5;
        }

        public Optional<NameRecord> resolveName(PeerId name) {
            return Optional.of(new NameRecord("/ipfs/\u001bx", -1, STORED_AT, Duration.ZERO));
        }

        public RoutingSnapshot snapshot() {
            return new RoutingSnapshot(List.of(new RoutingSnapshot.Table("/ipfs/kad/1.0.0", true, 1000, 2, 1,
                    List.of(new RoutingSnapshot.Bucket(0, List.of(new RoutingSnapshot.Entry(friend, found.addresses(),
                            STORED_AT, STORED_AT)))))));
        }
    }

    private LocalNode bare(Path home) {
        return new LocalNode(new Launch(NodeSettings.of(home), self, "peerwerk/0.1.0", Clock.systemUTC().instant(),
                Fakes.limits(home)), Clock.systemUTC());
    }

    /** The node. */
    public Node node() {
        return node;
    }

    /** The same node while no module is there. */
    public Node withoutModules(Path home) {
        return bare(home);
    }

    public boolean slowPutWasInterrupted() {
        return interrupted.get();
    }

    public final class Hosting {
        public PeerId id() {
            return self;
        }

        public List<Multiaddr> addresses() {
            return Fakes.addresses("/ip4/127.0.0.1/tcp/4001");
        }

        public Map<Multiaddr, String> refusedAddresses() {
            return Map.of(Multiaddr.of("/ip6/::/tcp/4001"), "no such protocol");
        }

        public HostLoad load() {
            return new HostLoad(3, 400, 30, 1_200_000, 512_000_000, 5, 768);
        }

        public List<Connection> connections() {
            return List.of();
        }

        public Optional<Connection> connection(PeerId peer) {
            return Optional.empty();
        }

        public Connection connect(Multiaddr address) throws IOException {
            if (address.toString().endsWith("/1")) {
                throw new IOException("cannot reach " + address + " (connection refused)");
            }
            return Fakes.of(Connection.class, new OneConnection(friend));
        }

        public Connection connect(PeerId peer, Collection<Multiaddr> addresses) {
            return Fakes.of(Connection.class, new OneConnection(peer));
        }

        public List<Multiaddr> known(PeerId peer) {
            return List.of();
        }

        public Duration ping(PeerId peer) throws IOException {
            if (!peer.equals(friend)) {
                throw new SocketTimeoutException("no answer from " + peer + "\n  in time");
            }
            return Duration.ofNanos(830_000);
        }

        public Identification identify(PeerId peer) {
            return new Identification(friend, "js-libp2p/3\u001b[31m", "ipfs/0.1.0",
                    Fakes.addresses("/ip4/192.0.2.7/tcp/4001"), Optional.empty(), List.of("/z/1", "/a/1"), true);
        }
    }

    public static final class Swarming {
        public List<Swarm.Observation> observed() {
            return List.of(new Swarm.Observation(Multiaddr.of("/ip4/203.0.113.5/tcp/4001"),
                    Multiaddr.of("/ip4/10.0.0.1/tcp/4001"), 5));
        }
    }

    public static final class Reached {
        public Reachability status() {
            return new Reachability(Reach.PRIVATE, Map.of(Multiaddr.of("/ip4/203.0.113.5/tcp/4001"), Reach.PRIVATE),
                    List.of(new PortMapping("udp", 4001, new InetSocketAddress("203.0.113.5", 5001), "PCP",
                            STORED_AT)),
                    Fakes.addresses("/ip4/198.51.100.1/tcp/4001/p2p-circuit"));
        }
    }

    public final class OneConnection {
        private final PeerId peer;

        OneConnection(PeerId peer) {
            this.peer = peer;
        }

        public PeerId peer() {
            return peer;
        }

        public Multiaddr remoteAddress() {
            return Multiaddr.of("/ip4/192.0.2.7/udp/4001/quic-v1");
        }

        public String security() {
            return "/tls/1.0.0";
        }

        /** Serves perf to the friend and nothing to others. */
        public Stream open(String protocol) throws IOException {
            if (!peer.equals(friend)) {
                throw new UnsupportedProtocolException(protocol);
            }
            return Fakes.of(Stream.class, new PerfStream());
        }
    }

    /** Takes what comes and sends as many bytes as the first eight ask for, up to 10 MB. */
    public static final class PerfStream {
        private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

        public OutputStream output() {
            return sent;
        }

        public InputStream input() {
            long wanted = ByteBuffer.wrap(sent.toByteArray()).getLong();
            return wanted <= 10_000_000 ? new ByteArrayInputStream(new byte[(int) wanted]) : new InputStream() {
                @Override
                public int read() throws IOException {
                    throw new StreamResetException("the peer has reset the stream");
                }
            };
        }

        public void timeout(Duration limit) {
            assertTrue(limit.compareTo(Duration.ZERO) > 0);
        }

        public void close() {
            // nothing waits
        }

        public void reset() {
            // nothing waits
        }
    }

    public final class Members {
        public List<Member> members() {
            return List.of(Fakes.member(Fakes.peer(), MemberState.DEAD),
                    Fakes.member(friend, MemberState.ALIVE, "/ip4/192.0.2.7/tcp/4001"));
        }
    }

    /** Gives the same item, named otherwise. */
    public final class Rotating {
        public StoredItem rotate(StorageLink old, Progress progress) throws IOException {
            progress.update(1, 2, "storing");
            return new Storing().put(Path.of("rotated"), PutOptions.standard(), progress);
        }
    }

    /** Seals by writing the recipient behind the scheme. */
    public final class Sealing {
        public String share(StorageLink sealed, PeerId recipient) {
            return Sharing.SCHEME + recipient;
        }

        public SharedLink open(String text) throws StorageException {
            if (!text.equals(Sharing.SCHEME + self)) {
                throw new StorageException("this was shared with another peer");
            }
            return new SharedLink(link, friend);
        }
    }

    public final class Storing {
        public StorageStatus status() {
            return new StorageStatus(offer.get(), 1_500_000, 30, 1, 0, 4, 12, STORED_AT);
        }

        public void offer(long bytes) {
            offer.set(bytes);
        }

        public List<StoredItem> items() {
            return List.of(item("photo.jpg", PutOptions.standard()));
        }

        private StoredItem item(String name, PutOptions options) {
            return new StoredItem(name, link, 1_500_000, STORED_AT, options, false, name.equals("alone") ? 1 : 3);
        }

        public StoredItem put(Path source, PutOptions options, Progress progress) throws IOException {
            progress.update(750_000, 1_500_000, "storing");
            if (source.endsWith("slow")) {
                waitUntilCancelled(progress);
            }
            if (source.endsWith("broken")) {
                throw new IllegalStateException("a mistake of ours, thrown by the test and logged");
            }
            return item(String.valueOf(source.getFileName()), options);
        }

        public StoredItem put(Path source, DurabilityTarget target, Progress progress) throws IOException {
            StoredItem item = put(source, PutOptions.standard(), progress);
            var network = new NetworkConditions(4, Duration.ofDays(30), Duration.ofMinutes(20));
            return new StoredItem(item.name(), item.link(), item.bytes(), item.storedAt(), item.shards(), item.folder(),
                    item.holders(), new Promise(target, network, 0.0001, 1e-12));
        }

        private void waitUntilCancelled(Progress progress) throws IOException {
            slowPutRuns.countDown();
            try {
                Thread.sleep(Duration.ofMinutes(1));
            } catch (InterruptedException e) {
                interrupted.set(progress.cancelled());
                slowPutCancelled.countDown();
                throw new TransferCancelledException("cancelled");
            }
            throw new AssertionError("nobody cancelled");
        }

        public Fetched get(StorageLink wanted, Path target, Progress progress) throws IOException {
            if (!wanted.equals(link)) {
                throw new WrongKeyException();
            }
            return new Fetched(target, 1_500_000, "ab".repeat(32));
        }

        public Health health(StorageLink wanted) {
            return new Health(link.root(), 2, 10, 30, 28, 58, 60, Map.of(self, 30, friend, 28));
        }
    }
}
