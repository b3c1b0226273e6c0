// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Dictionary;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import io.peerwerk.node.internal.Fakes;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Configurations in a map. */
public final class FakeConfigurations {
    private final Map<String, Dictionary<String, Object>> published = new LinkedHashMap<>();

    ConfigurationAdmin admin() {
        return Fakes.of(ConfigurationAdmin.class, this);
    }

    Map<String, Dictionary<String, Object>> published() {
        return published;
    }

    Object property(String pid, String name) {
        return Objects.requireNonNull(published.get(pid)).get(name);
    }

    /** The fake's answer to the method of this name, as the ones below. */
    public Configuration getConfiguration(String pid, String location) {
        assertEquals("?", location, "any bundle may receive it");
        return configuration(pid);
    }

    public Configuration @Nullable [] listConfigurations(String filter) {
        String pid = filter.replaceAll("^\\(service.pid=|\\)$", "");
        return published.containsKey(pid) ? new Configuration[] {configuration(pid)} : null;
    }

    private Configuration configuration(String pid) {
        return Fakes.of(Configuration.class, new OneConfiguration(pid));
    }

    public final class OneConfiguration {
        private final String pid;

        OneConfiguration(String pid) {
            this.pid = pid;
        }

        public void update(Dictionary<String, Object> properties) {
            published.put(pid, properties);
        }

        public @Nullable Dictionary<String, Object> getProperties() {
            return published.get(pid);
        }

        public void delete() {
            published.remove(pid);
        }
    }
}
