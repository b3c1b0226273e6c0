// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.internal.runtime.GossipOptions;
import io.peerwerk.gossip.internal.runtime.GossipService;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.PutOptions;
import io.peerwerk.storage.StoredItem;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.tcp.internal.NoiseChannel;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import io.peerwerk.transport.tcp.internal.YamuxMuxer;
import org.junit.jupiter.api.Test;

/** The main job with nothing told by the test: gossip finds the peers, notices the deaths, and repair follows. */
class GossipingNodesTest extends NodesTest {

    private static final Duration PERIOD = Duration.ofMillis(300);

    private record Node(SwitchHost host, GossipService gossip, StorageService storage) {

        static Node start(Path directory, List<Multiaddr> bootstrap) throws IOException {
            Identity identity = Identity.generate(new SecureRandom());
            SwitchHost host = new SwitchHost(identity, HostOptions.local(),
                    List.of(new TcpTransport()), List.of(new NoiseChannel()), List.of(new YamuxMuxer()));
            GossipService gossip = new GossipService(host, identity,
                    GossipOptions.standard().withPeriod(PERIOD).withBootstrap(bootstrap), InstantSource.system(),
                    new SecureRandom());
            StorageOptions options = StorageOptions.in(directory).withOffer(1_000_000_000L)
                    .withRepair(Duration.ofSeconds(1), Duration.ofSeconds(3));
            return new Node(host, gossip,
                    new StorageService(host, gossip, options, InstantSource.system(), new SecureRandom()));
        }

        void close() throws IOException {
            host.close();
            gossip.close();
            storage.close();
        }
    }

    @Test
    void aFileOutlivesThreeOfEightPeersAndIsBroughtBackToStrength() throws IOException {
        List<Node> nodes = new ArrayList<>();
        try {
            List<Multiaddr> bootstrap = List.of();
            for (int i = 0; i < 8; i++) {
                nodes.add(Node.start(folder.resolve("node" + i), bootstrap));
                SwitchHost first = nodes.getFirst().host();
                bootstrap = List.of(first.addresses().getFirst().withPeer(first.id()));
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> nodes.stream().allMatch(n -> n.gossip().reachable().size() == 7));
            Path file = file("kept", 5_000_000);
            StoredItem item = nodes.getFirst().storage().put(file, PutOptions.standard(), Progress.NONE);
            assertEquals(8, item.holders());
            for (int i = 0; i < 3; i++) {
                nodes.removeFirst().close();
            }
            StorageService survivor = nodes.getLast().storage();
            survivor.get(item.link(), target("got"), Progress.NONE);
            assertEquals(-1, Files.mismatch(file, target("got")));
            await().atMost(Duration.ofSeconds(90)).until(() -> survivor.health(item.link()).complete());
            // Counted when the repair ends, which is after the last shard has come to its place.
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> nodes.stream().mapToLong(n -> n.storage().status().shardsRestored()).sum() > 0);
        } finally {
            for (Node node : nodes) {
                node.close();
            }
        }
    }
}
