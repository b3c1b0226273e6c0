// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.launch;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.node.Node;
import io.peerwerk.node.NodeSettings;
import io.peerwerk.node.internal.control.ControlServer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One start of a node: publishes what the modules wait for, first their configurations, then the identity. The
 * transport module comes up with the identity, gossip with the transport, storage with both; nothing here knows their
 * classes. Each step is noted down to be undone.
 */
final class Launching {
    private static final Logger LOG = LoggerFactory.getLogger(Launching.class);
    /** The facade is a component of this bundle: it is there at once or something is badly broken. */
    private static final Duration FACADE_LIMIT = Duration.ofSeconds(20);

    private final BundleContext context;
    private final ConfigurationAdmin admin;
    private final Undo steps;

    Launching(BundleContext context, ConfigurationAdmin admin, Undo steps) {
        this.context = context;
        this.admin = admin;
        this.steps = steps;
    }

    Node start(NodeSettings wanted) throws IOException {
        Home home = Home.open(wanted.home());
        steps.add("the home's lock", home);
        Identity identity = IdentityFile.loadOrCreate(home.file("identity"), new SecureRandom());
        steps.add("the identity", identity);
        var peers = new RememberedPeers(home.file("peers.json"));
        NodeSettings settings = resolve(wanted, home, peers);

        var configurations = new ModuleConfigurations(admin);
        steps.add("the modules' configurations", configurations);
        configurations.publish(settings, home);
        var limits = new KeptLimits(home.file("limits.json"), now -> configurations.transport(settings, now));
        steps.add("the limits", limits);
        limits.change(settings.limits());
        var launch = new Launch(settings, identity.id(), agent(), Clock.systemUTC().instant(), limits);
        var launchService = context.registerService(Launch.class, launch, null);
        steps.add("the launch", launchService::unregister);
        Node node = facade();
        Long offer = settings.offer();
        if (offer != null) {
            steps.add("the first offer", node.listen(new FirstOffer(node, offer))::close);
        }
        var identityService = context.registerService(Identity.class, identity, null);
        steps.add("the modules", identityService::unregister);

        // By its name: a node without the module has not even the package.
        var pubsub = new ServiceTracker<Object, Object>(context, "io.peerwerk.pubsub.PubSub", null);
        pubsub.open();
        steps.add("the watch for publish and subscribe", pubsub::close);
        steps.add("the control socket", ControlServer.open(home.directory(), node, pubsub::getService));
        steps.add("the memory of peers", PeerMemory.start(node, peers));
        LOG.debug("node {} starts on {}", identity.id(), home.directory());
        return node;
    }

    private static NodeSettings resolve(NodeSettings wanted, Home home, RememberedPeers peers) throws IOException {
        var bootstrap = new ArrayList<>(wanted.bootstrap());
        peers.load().stream().filter(peer -> !bootstrap.contains(peer)).forEach(bootstrap::add);
        return new NodeSettings(home.directory(), ListenAddresses.usable(wanted.listen()), bootstrap, wanted.offer(),
                wanted.repairDelay(), wanted.gossipPeriod(), wanted.perfLimit(), wanted.discovery(), wanted.reaching(),
                wanted.limits());
    }

    private Node facade() throws IOException {
        var tracker = new ServiceTracker<Node, Node>(context, Node.class, null);
        tracker.open();
        steps.add("the node's facade", tracker::close);
        try {
            Node node = tracker.waitForService(FACADE_LIMIT.toMillis());
            if (node == null) {
                throw new IOException("the node's own component did not start; is Declarative Services running?");
            }
            return node;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting", e);
        }
    }

    private String agent() {
        Version version = context.getBundle().getVersion();
        return "peerwerk/" + version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
    }
}
