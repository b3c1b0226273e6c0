// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.node;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.runtime.preferences.AbstractPreferenceInitializer;
import org.eclipse.core.runtime.preferences.DefaultScope;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.osgi.service.prefs.BackingStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.node.NodeSettings;
import io.peerwerk.ui.PeerwerkUi;

/**
 * The settings of the workbench's node, kept in the preferences of the workspace. Lists are kept as lines; a line that
 * is no address is left out with a warning rather than keeping the node from starting.
 */
public final class NodePreferences {
    public static final String HOME = "home"; //$NON-NLS-1$
    public static final String LISTEN = "listen"; //$NON-NLS-1$
    public static final String BOOTSTRAP = "bootstrap"; //$NON-NLS-1$
    public static final String START = "start"; //$NON-NLS-1$
    /** Whether the router is asked to let a port through, whether we relay for others, whether mDNS is spoken. */
    public static final String PORT_MAPPING = "portMapping"; //$NON-NLS-1$
    public static final String RELAY = "relay"; //$NON-NLS-1$
    public static final String MDNS = "mdns"; //$NON-NLS-1$
    /** System property with the home of a workbench whose preferences name none. */
    public static final String HOME_PROPERTY = "io.peerwerk.home"; //$NON-NLS-1$

    private static final Logger LOG = LoggerFactory.getLogger(NodePreferences.class);

    /** What the next start of the node uses. */
    public NodeSettings settings() {
        return NodeSettings.of(home()).withListen(addresses(LISTEN)).withBootstrap(addresses(BOOTSTRAP))
                .withDiscovery(new NodeSettings.Discovery(is(MDNS), NodeSettings.Discovery.STANDARD.rendezvousPoint()))
                .withReaching(new NodeSettings.Reaching(is(PORT_MAPPING), is(RELAY), NodeSettings.Reaching.DEFAULT_RELAY_RATE));
    }

    public StartMode startMode() {
        return StartMode.of(get(START));
    }

    private static Path home() {
        try {
            return Path.of(get(HOME));
        } catch (InvalidPathException e) {
            LOG.warn("the home directory of the preferences is no path, using the default: {}", e.getMessage());
            return NodeSettings.defaultHome();
        }
    }

    /** Uses another home from the next start on. */
    public void home(Path home) {
        var node = InstanceScope.INSTANCE.getNode(PeerwerkUi.BUNDLE);
        node.put(HOME, home.toString());
        try {
            node.flush();
        } catch (BackingStoreException e) {
            LOG.warn("the home directory could not be saved in the preferences", e);
        }
    }

    private static List<Multiaddr> addresses(String key) {
        List<Multiaddr> addresses = new ArrayList<>();
        for (String line : lines(get(key))) {
            try {
                addresses.add(Multiaddr.parse(line));
            } catch (FormatException e) {
                LOG.warn("the preferences have an address that is none: {}", e.getMessage());
            }
        }
        return addresses;
    }

    /** The lines of a list as it is kept, without white space around them and without empty ones. */
    public static List<String> lines(String value) {
        return value.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private static boolean is(String key) {
        return Boolean.parseBoolean(get(key));
    }

    private static String get(String key) {
        String fallback = DefaultScope.INSTANCE.getNode(PeerwerkUi.BUNDLE).get(key, ""); //$NON-NLS-1$
        return InstanceScope.INSTANCE.getNode(PeerwerkUi.BUNDLE).get(key, fallback);
    }

    /** Sets the defaults before anybody reads them. */
    public static final class Defaults extends AbstractPreferenceInitializer {
        @Override
        public void initializeDefaultPreferences() {
            var node = DefaultScope.INSTANCE.getNode(PeerwerkUi.BUNDLE);
            node.put(HOME, System.getProperty(HOME_PROPERTY, NodeSettings.defaultHome().toString()));
            node.put(LISTEN, String.join("\n", NodeSettings.DEFAULT_LISTEN.stream().map(Multiaddr::toString).toList())); //$NON-NLS-1$
            node.put(BOOTSTRAP, ""); //$NON-NLS-1$
            node.putBoolean(PORT_MAPPING, NodeSettings.Reaching.STANDARD.portMapping());
            node.putBoolean(RELAY, NodeSettings.Reaching.STANDARD.relay());
            node.putBoolean(MDNS, NodeSettings.Discovery.STANDARD.mdns());
            node.put(START, StartMode.VIEW.key());
        }
    }
}
