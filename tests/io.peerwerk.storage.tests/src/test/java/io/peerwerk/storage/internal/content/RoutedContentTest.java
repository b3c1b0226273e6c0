// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.fixtures.Patience;
import io.peerwerk.routing.internal.runtime.RoutingService;
import io.peerwerk.storage.ContentPath;
import io.peerwerk.storage.ContentProfile;
import io.peerwerk.storage.Progress;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.tcp.internal.NoiseChannel;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import io.peerwerk.transport.tcp.internal.YamuxMuxer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peers that find each other's content by the real hash table. */
class RoutedContentTest {

    @TempDir
    private Path folder;

    /** As on a node of this machine that serves the table. */
    @SuppressWarnings("all")
    private static final class Serving implements RoutingService.Settings {

        @Override
        public String mode() {
            return "server";
        }

        @Override
        public boolean loopback() {
            return true;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return RoutingService.Settings.class;
        }
    }

    private final class Peer implements AutoCloseable {

        private final Identity identity = Identity.generate(new SecureRandom());
        private final TcpTransport tcp = new TcpTransport();
        private final SwitchHost host = new SwitchHost(identity, HostOptions.local(), List.of(tcp),
                List.of(new NoiseChannel()), List.of(new YamuxMuxer()));
        private final RoutingService routing = new RoutingService(host, identity, new Serving());
        private final PublicContentService content;

        Peer(String name) throws Exception {
            content = new PublicContentService(host, PublicOptions.in(folder.resolve(name)),
                    new RoutedProviders(routing));
        }

        void join(Peer other) throws Exception {
            host.connect(Hosts.address(other.host));
            Patience.await().until(() -> routing.snapshot().tables().stream().flatMap(t -> t.buckets().stream())
                    .flatMap(bucket -> bucket.peers().stream()).anyMatch(e -> e.peer().equals(other.host.id())));
        }

        @Override
        public void close() throws Exception {
            content.close();
            routing.close();
            host.close();
            tcp.close();
            identity.close();
        }
    }

    @Test
    void aTreeIsFetchedFromThePeerThatTheHashTableNames() throws Exception {
        Path tree = Trees.tree(folder.resolve("tree"));
        try (Peer meeting = new Peer("meeting"); Peer alice = new Peer("alice"); Peer bob = new Peer("bob")) {
            alice.join(meeting);
            bob.join(meeting);
            Cid root = alice.content.add(tree, ContentProfile.UNIXFS_V1_2025, Progress.NONE);
            Patience.await().until(() -> bob.routing.findProviders(root, 1).stream()
                    .anyMatch(found -> found.peer().equals(alice.host.id())));
            List<String> phases = new ArrayList<>();
            bob.content.get(ContentPath.of(root), folder.resolve("back"), (done, total, phase) -> phases.add(phase));
            assertEquals(Trees.hash(tree), Trees.hash(folder.resolve("back")));
            assertTrue(bob.content.bitswap().account(alice.host.id()).blocksReceived() > 5);
            assertTrue(phases.containsAll(List.of("fetching", "storing", "finishing")), phases::toString);
            bob.content.pin(root, Progress.NONE);
            Patience.await().until(() -> meeting.routing.findProviders(root, 2).size() == 2);
        }
    }
}
