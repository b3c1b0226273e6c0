// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.node.NodeLimits;
import io.peerwerk.node.NodeSettings;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * That a node should be running in this process, and with which settings. The wish is a configuration, so it outlives
 * the bundles: when an update of a module makes the framework stop and start those that depend on it, this one among
 * them, the launcher that comes up next finds it and goes on. A configuration may outlive the process too; so the wish
 * names its process, and that of another one is nobody's wish any more.
 */
final class NodeWish {
    private static final String PID = "io.peerwerk.node";

    private final ConfigurationAdmin admin;

    NodeWish(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    void save(NodeSettings settings) throws IOException {
        var properties = new Hashtable<String, Object>();
        properties.put("process", process());
        properties.put("home", settings.home().toString());
        properties.put("listen", texts(settings.listen()));
        properties.put("bootstrap", texts(settings.bootstrap()));
        properties.put("repairDelay", settings.repairDelay().toMillis());
        properties.put("gossipPeriod", settings.gossipPeriod().toMillis());
        properties.put("perfLimit", settings.perfLimit());
        properties.put("mdns", settings.discovery().mdns());
        properties.put("rendezvousPoint", settings.discovery().rendezvousPoint());
        properties.put("portMapping", settings.reaching().portMapping());
        properties.put("relay", settings.reaching().relay());
        properties.put("relayRate", settings.reaching().relayRate());
        admin.getConfiguration(PID, "?").update(properties);
    }

    /**
     * The settings of a node that should be running; without an offer and limits, since the first start has
     * set them already.
     */
    Optional<NodeSettings> load() throws IOException {
        Configuration configuration = find();
        if (configuration == null || !process().equals(configuration.getProperties().get("process"))) {
            return Optional.empty();
        }
        Dictionary<String, Object> properties = configuration.getProperties();
        return Optional.of(new NodeSettings(Path.of((String) properties.get("home")), addresses(properties, "listen"),
                addresses(properties, "bootstrap"), null, Duration.ofMillis((Long) properties.get("repairDelay")),
                Duration.ofMillis((Long) properties.get("gossipPeriod")),
                properties.get("perfLimit") instanceof Long limit ? limit : 0, discovery(properties),
                reaching(properties), NodeLimits.Change.NOTHING));
    }

    /** An older version has not written it. */
    private static NodeSettings.Discovery discovery(Dictionary<String, Object> properties) {
        NodeSettings.Discovery standard = NodeSettings.Discovery.STANDARD;
        return new NodeSettings.Discovery(
                properties.get("mdns") instanceof Boolean mdns ? mdns : standard.mdns(),
                properties.get("rendezvousPoint") instanceof Boolean point ? point : standard.rendezvousPoint());
    }

    /** An older version has not written it. */
    private static NodeSettings.Reaching reaching(Dictionary<String, Object> properties) {
        NodeSettings.Reaching standard = NodeSettings.Reaching.STANDARD;
        return new NodeSettings.Reaching(
                properties.get("portMapping") instanceof Boolean mapping ? mapping : standard.portMapping(),
                properties.get("relay") instanceof Boolean relay ? relay : standard.relay(),
                properties.get("relayRate") instanceof Long rate ? rate : standard.relayRate());
    }

    void clear() throws IOException {
        Configuration configuration = find();
        if (configuration != null) {
            configuration.delete();
        }
    }

    private @Nullable Configuration find() throws IOException {
        try {
            Configuration[] found = admin.listConfigurations("(service.pid=" + PID + ")");
            return found == null ? null : found[0];
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The process id alone may come again. */
    private static String process() {
        ProcessHandle process = ProcessHandle.current();
        return process.pid() + " since " + process.info().startInstant().orElse(Instant.EPOCH);
    }

    private static String[] texts(List<Multiaddr> addresses) {
        return addresses.stream().map(Multiaddr::toString).toArray(String[]::new);
    }

    private static List<Multiaddr> addresses(Dictionary<String, Object> properties, String name)
            throws FormatException {
        var addresses = new ArrayList<Multiaddr>();
        for (String text : (String[]) properties.get(name)) {
            addresses.add(Multiaddr.parse(text));
        }
        return addresses;
    }
}
