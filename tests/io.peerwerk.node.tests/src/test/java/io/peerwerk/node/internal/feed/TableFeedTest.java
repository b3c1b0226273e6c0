// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.feed;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.annotation.Annotation;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.Role;
import io.peerwerk.gossip.internal.runtime.GossipOptions;
import io.peerwerk.gossip.internal.runtime.GossipService;
import io.peerwerk.routing.internal.runtime.RoutingService;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.tcp.internal.NoiseChannel;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import io.peerwerk.transport.tcp.internal.YamuxMuxer;

/** Real peers on loopback. */
class TableFeedTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Between two probes: so long that nobody is met by a probe while a test runs. */
    private static final Duration SLOW = Duration.ofMinutes(30);

    private final TcpTransport transport = new TcpTransport();
    private final List<Peer> peers = new ArrayList<>();

    /** A peer with gossip; with routing that gossip feeds, if it takes part in that. */
    private final class Peer implements AutoCloseable {

        final Identity identity = Identity.generate(new SecureRandom());
        final SwitchHost host = new SwitchHost(identity, HostOptions.local(), List.of(transport),
                List.of(new NoiseChannel()), List.of(new YamuxMuxer()));
        final GossipService gossip;
        final @Nullable RoutingService routing;
        final @Nullable TableFeed feed;

        Peer(boolean routes, Duration period, Multiaddr... bootstrap) {
            routing = routes ? new RoutingService(host, identity, new Settings()) : null;
            gossip = new GossipService(host, identity,
                    GossipOptions.standard().withPeriod(period).withBootstrap(List.of(bootstrap)),
                    InstantSource.system(), new SecureRandom());
            feed = routing == null ? null : new TableFeed(gossip, gossip, routing);
            peers.add(this);
        }

        Multiaddr address() {
            return host.addresses().getFirst().withPeer(host.id());
        }

        Set<PeerId> table() {
            Set<PeerId> all = new HashSet<>();
            routing.snapshot().tables().forEach(table -> table.buckets().forEach(bucket -> bucket.peers()
                    .forEach(entry -> all.add(entry.peer()))));
            return all;
        }

        @Override
        public void close() {
            if (feed != null) {
                feed.close();
                routing.close();
            }
            gossip.close();
            host.close();
            identity.close();
        }
    }

    /** What a node's routing is configured with. */
    private static final class Settings implements RoutingService.Settings {
        @Override
        public String mode() {
            return "auto";
        }

        @Override
        public boolean loopback() {
            return false;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return RoutingService.Settings.class;
        }
    }

    @AfterEach
    void end() {
        peers.forEach(Peer::close);
        transport.close();
    }

    @Test
    void aPeerThatJoinsHasItsTableFromWhomItJoinedThoughThatOneTakesNoPartInRouting() {
        var door = new Peer(false, SLOW);
        Set<PeerId> members = new HashSet<>();
        for (int i = 0; i < 6; i++) {
            var member = new Peer(true, SLOW, door.address());
            members.add(member.host.id());
            await().atMost(PATIENCE).until(() -> door.gossip.find(member.host.id()).isPresent());
        }
        var last = new Peer(true, SLOW, door.address());
        await().atMost(PATIENCE).until(() -> last.table().equals(members));
        assertEquals(7, last.gossip.reachable().size(), "and the door, which is in no table");
    }

    @Test
    void aMemberThatIsHeldForDeadIsAskedAndLeavesTheTable() {
        Duration period = Duration.ofMillis(400);
        var first = new Peer(true, period);
        var second = new Peer(true, period, first.address());
        await().atMost(PATIENCE).until(() -> first.table().contains(second.host.id()));
        second.host.close();
        await().atMost(PATIENCE).until(() -> first.table().isEmpty());
    }

    @Test
    void aPeerWhoseRoutingGoesTellsTheOthersThatItAnswersNoLookups() {
        var first = new Peer(true, Duration.ofMillis(400));
        var second = new Peer(true, Duration.ofMillis(400), first.address());
        await().atMost(PATIENCE).until(() -> roles(first, second).contains(Role.ROUTING));
        second.feed.close();
        await().atMost(PATIENCE).until(() -> !roles(first, second).contains(Role.ROUTING));
    }

    private static Set<Role> roles(Peer asked, Peer of) {
        return asked.gossip.find(of.host.id()).map(Member::roles).orElse(Set.of());
    }
}
