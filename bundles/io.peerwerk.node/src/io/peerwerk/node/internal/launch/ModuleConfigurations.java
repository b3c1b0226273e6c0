// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.launch;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.node.NodeLimits;
import io.peerwerk.node.NodeSettings;
import io.peerwerk.node.internal.feed.RelayFeed;
import io.peerwerk.node.internal.feed.StorageFeed;
import io.peerwerk.node.internal.feed.TableFeed;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * The configurations that the modules start with. They are published before the identity and taken back after it. The
 * offer is not among them: the storage keeps it by itself, and what the user sets while the node runs must outlive an
 * update of the module, which would read its configuration again.
 */
final class ModuleConfigurations implements AutoCloseable {
    private final ConfigurationAdmin admin;
    private final Deque<Configuration> published = new ArrayDeque<>();

    ModuleConfigurations(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    void publish(NodeSettings settings, Home home) throws IOException {
        if (settings.perfLimit() > 0) {
            publish("io.peerwerk.transport.perf", properties("limit", settings.perfLimit()));
        }
        var discovery = properties("mdns", settings.discovery().mdns());
        discovery.put("rendezvousPoint", settings.discovery().rendezvousPoint());
        publish("io.peerwerk.discovery", discovery);
        var nat = properties("pcp", settings.reaching().portMapping());
        nat.put("upnp", settings.reaching().portMapping());
        publish("io.peerwerk.nat", nat);
        var relay = properties("enabled", settings.reaching().relay());
        relay.put("bytesPerSecond", settings.reaching().relayRate());
        publish("io.peerwerk.nat.relay", relay);
        publish("io.peerwerk.routing", properties("mode", "auto"));
        var gossip = properties("bootstrap", texts(settings.bootstrap()));
        gossip.put("period", settings.gossipPeriod().toMillis());
        publish("io.peerwerk.gossip", gossip);
        publish(TableFeed.PID, new Hashtable<>());
        publish(StorageFeed.PID, new Hashtable<>());
        if (settings.reaching().relay()) {
            publish(RelayFeed.PID, new Hashtable<>());
        }
        publish("io.peerwerk.pubsub", properties("heartbeat", 1_000L));
        var storage = properties("directory", home.file("storage").toString());
        storage.put("repairDelay", settings.repairDelay().toMillis());
        storage.put("auditPeriod", auditPeriod(settings.repairDelay()).toMillis());
        publish("io.peerwerk.storage", storage);
        publish("io.peerwerk.storage.public", properties("directory", home.file("public").toString()));
    }

    /** What the transport starts with, or, once it has started, what it changes to at once. */
    void transport(NodeSettings settings, NodeLimits limits) throws IOException {
        var transport = properties("listen", texts(settings.listen()));
        transport.put("upload", limits.rates().upload());
        transport.put("download", limits.rates().download());
        transport.put("peerUpload", limits.rates().peerUpload());
        transport.put("peerDownload", limits.rates().peerDownload());
        transport.put("connections", limits.connections());
        transport.put("memory", limits.memory());
        transport.put("allow", limits.allow().toArray(String[]::new));
        transport.put("deny", limits.deny().toArray(String[]::new));
        publish("io.peerwerk.transport", transport);
    }

    /** Often enough that what a missed event left behind is found soon after the delay, and never in a hurry. */
    private static Duration auditPeriod(Duration repairDelay) {
        return Duration.ofMillis(Math.clamp(repairDelay.toMillis(), 1_000, 600_000));
    }

    private static Hashtable<String, Object> properties(String name, Object value) {
        var properties = new Hashtable<String, Object>();
        properties.put(name, value);
        return properties;
    }

    private static String[] texts(List<Multiaddr> addresses) {
        return addresses.stream().map(Multiaddr::toString).toArray(String[]::new);
    }

    private void publish(String pid, Dictionary<String, Object> properties) throws IOException {
        Configuration configuration = admin.getConfiguration(pid, "?");
        configuration.update(properties);
        if (!published.contains(configuration)) {
            published.push(configuration);
        }
    }

    @Override
    public void close() throws IOException {
        while (!published.isEmpty()) {
            published.pop().delete();
        }
    }
}
