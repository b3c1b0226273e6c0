// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.launch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Dictionary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.node.NodeSettings;
import io.peerwerk.node.internal.Fakes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

class ModuleConfigurationsTest {
    @TempDir
    Path temporary;

    private final Map<String, Dictionary<String, ?>> published = new LinkedHashMap<>();
    private final ConfigurationAdmin admin = Fakes.of(ConfigurationAdmin.class, new Admin());

    public final class Admin {
        public Configuration getConfiguration(String pid, String location) {
            assertEquals("?", location, "any bundle may receive it");
            return Fakes.of(Configuration.class, new OneConfiguration(pid));
        }
    }

    public final class OneConfiguration {
        private final String pid;

        OneConfiguration(String pid) {
            this.pid = pid;
        }

        public void update(Dictionary<String, ?> properties) {
            published.put(pid, properties);
        }

        public void delete() {
            published.remove(pid);
        }
    }

    private Object property(String pid, String name) {
        return Objects.requireNonNull(published.get(pid)).get(name);
    }

    @Test
    void eachModuleGetsItsConfigurationAndLosesItAtTheEnd() throws IOException {
        NodeSettings settings = NodeSettings.of(temporary).withOffer(123L).withRepairDelay(Duration.ofSeconds(2))
                .withBootstrap(List.of(Multiaddr.of("/ip4/192.0.2.7/tcp/4001")));
        try (Home home = Home.open(temporary); var configurations = new ModuleConfigurations(admin)) {
            configurations.publish(settings, home);
            assertArrayEquals(new String[] {"/ip4/0.0.0.0/tcp/0", "/ip6/::/tcp/0"},
                    (String[]) property("io.peerwerk.transport", "listen"));
            assertArrayEquals(new String[] {"/ip4/192.0.2.7/tcp/4001"},
                    (String[]) property("io.peerwerk.gossip", "bootstrap"));
            assertEquals(1000L, property("io.peerwerk.gossip", "period"));
            assertEquals(temporary.resolve("storage").toString(), property("io.peerwerk.storage", "directory"));
            assertNull(property("io.peerwerk.storage", "offer"), "an update of the module must not bring it back");
            assertEquals(2000L, property("io.peerwerk.storage", "repairDelay"));
        }
        assertEquals(Map.of(), published);
    }
}
