// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.launch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.node.NodeLimits;
import io.peerwerk.node.NodeSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleConfigurationsTest {
    @TempDir
    Path temporary;

    private final FakeConfigurations fake = new FakeConfigurations();

    private NodeSettings settings() {
        return NodeSettings.of(temporary).withOffer(123L).withRepairDelay(Duration.ofSeconds(2))
                .withBootstrap(List.of(Multiaddr.of("/ip4/192.0.2.7/tcp/4001")));
    }

    @Test
    void eachModuleGetsItsConfigurationAndLosesItAtTheEnd() throws IOException {
        try (Home home = Home.open(temporary); var configurations = new ModuleConfigurations(fake.admin())) {
            configurations.publish(settings(), home);
            configurations.transport(settings(), NodeLimits.NONE);
            assertArrayEquals(new String[] {"/ip4/0.0.0.0/tcp/0", "/ip6/::/tcp/0", "/ip4/0.0.0.0/udp/0/quic-v1",
                "/ip6/::/udp/0/quic-v1"}, (String[]) fake.property("io.peerwerk.transport", "listen"));
            assertEquals(0L, fake.property("io.peerwerk.transport", "upload"));
            configurations.transport(settings(), NodeLimits.NONE.with(new NodeLimits.Change(1_000_000L, null, null,
                    null, 50, null, null, List.of("192.0.2.0/24"))));
            assertEquals(1_000_000L, fake.property("io.peerwerk.transport", "upload"));
            assertEquals(50, fake.property("io.peerwerk.transport", "connections"));
            assertArrayEquals(new String[] {"192.0.2.0/24"},
                    (String[]) fake.property("io.peerwerk.transport", "deny"));
            assertEquals(true, fake.property("io.peerwerk.nat", "upnp"));
            assertEquals(true, fake.property("io.peerwerk.nat.relay", "enabled"));
            assertArrayEquals(new String[] {"/ip4/192.0.2.7/tcp/4001"},
                    (String[]) fake.property("io.peerwerk.gossip", "bootstrap"));
            assertEquals(1000L, fake.property("io.peerwerk.gossip", "period"));
            assertEquals(1000L, fake.property("io.peerwerk.pubsub", "heartbeat"));
            assertEquals(temporary.resolve("storage").toString(), fake.property("io.peerwerk.storage", "directory"));
            assertNull(fake.property("io.peerwerk.storage", "offer"), "an update of the module must not bring it back");
            assertEquals(2000L, fake.property("io.peerwerk.storage", "repairDelay"));
            assertFalse(fake.published().containsKey("io.peerwerk.transport.perf"), "nobody may measure unless told");
            assertEquals("auto", fake.property("io.peerwerk.routing", "mode"));
            assertTrue(fake.published().containsKey("io.peerwerk.node.feed"), "gossip feeds the tables");
            assertEquals(true, fake.property("io.peerwerk.discovery", "mdns"));
            assertEquals(false, fake.property("io.peerwerk.discovery", "rendezvousPoint"));
        }
        assertEquals(Map.of(), fake.published());
    }

    @Test
    void aNodeThatMayBeMeasuredSaysUpToHowManyBytes() throws IOException {
        try (Home home = Home.open(temporary); var configurations = new ModuleConfigurations(fake.admin())) {
            configurations.publish(settings().withPerfLimit(1_000_000), home);
            assertEquals(1_000_000L, fake.property("io.peerwerk.transport.perf", "limit"));
        }
    }

    @Test
    void whoNeitherMapsPortsNorRelaysSaysSoToTheModule() throws IOException {
        try (Home home = Home.open(temporary); var configurations = new ModuleConfigurations(fake.admin())) {
            configurations.publish(settings().withReaching(new NodeSettings.Reaching(false, false, 7)), home);
            assertEquals(false, fake.property("io.peerwerk.nat", "pcp"));
            assertEquals(false, fake.property("io.peerwerk.nat", "upnp"));
            assertEquals(false, fake.property("io.peerwerk.nat.relay", "enabled"));
            assertEquals(7L, fake.property("io.peerwerk.nat.relay", "bytesPerSecond"));
        }
    }

    @Test
    void theWishForANodeIsReadBackByAnotherLauncherOfTheSameProcess() throws IOException {
        var hidden = new NodeSettings.Discovery(false, true);
        var alone = new NodeSettings.Reaching(false, false, 9);
        new NodeWish(fake.admin()).save(settings().withPerfLimit(7).withDiscovery(hidden).withReaching(alone)
                .withLimits(new NodeLimits.Change(null, null, null, null, 50, null, null, null)));
        assertEquals(Optional.of(settings().withOffer(null).withPerfLimit(7).withDiscovery(hidden)
                .withReaching(alone)),
                new NodeWish(fake.admin()).load());
        new NodeWish(fake.admin()).clear();
        assertEquals(Optional.empty(), new NodeWish(fake.admin()).load());
        new NodeWish(fake.admin()).clear();
    }

    @Test
    void theWishOfAnEarlierProcessIsNobodysWish() throws IOException {
        new NodeWish(fake.admin()).save(settings());
        fake.published().get("io.peerwerk.node").put("process", ProcessHandle.current().pid() + " since long ago");
        assertEquals(Optional.empty(), new NodeWish(fake.admin()).load());
    }
}
