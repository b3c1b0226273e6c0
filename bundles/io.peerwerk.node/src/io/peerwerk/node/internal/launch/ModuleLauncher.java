// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.launch;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.node.Node;
import io.peerwerk.node.NodeLauncher;
import io.peerwerk.node.NodeSettings;
import io.peerwerk.node.RunningNode;
import io.peerwerk.node.internal.control.ControlServer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a node by publishing what the modules wait for: first their configurations, then the identity. The transport
 * module comes up with the identity, gossip with the transport, storage with both; nothing here knows their classes.
 */
@Component(service = NodeLauncher.class)
public final class ModuleLauncher implements NodeLauncher {
    private static final Logger LOG = LoggerFactory.getLogger(ModuleLauncher.class);
    /** The facade is a component of this bundle: it is there at once or something is badly broken. */
    private static final Duration FACADE_LIMIT = Duration.ofSeconds(20);

    private final BundleContext context;
    private final ConfigurationAdmin admin;
    private final AtomicBoolean running = new AtomicBoolean();

    @Activate
    public ModuleLauncher(BundleContext context, @Reference ConfigurationAdmin admin) {
        this.context = context;
        this.admin = admin;
    }

    @Override
    public RunningNode start(NodeSettings settings) throws IOException {
        if (!running.compareAndSet(false, true)) {
            throw new IOException("this process runs a node already");
        }
        var steps = new Undo();
        steps.add("the one node of this process", () -> running.set(false));
        try {
            return start(settings, steps);
        } catch (IOException | RuntimeException e) {
            steps.close();
            throw e;
        }
    }

    private RunningNode start(NodeSettings wanted, Undo steps) throws IOException {
        Home home = Home.open(wanted.home());
        steps.add("the home's lock", home);
        Identity identity = IdentityFile.loadOrCreate(home.file("identity"), new SecureRandom());
        steps.add("the identity", identity);
        var peers = new RememberedPeers(home.file("peers.json"));
        NodeSettings settings = resolve(wanted, home, peers);

        var configurations = new ModuleConfigurations(admin);
        steps.add("the modules' configurations", configurations);
        configurations.publish(settings, home);
        var launch = new Launch(settings, identity.id(), agent(), Clock.systemUTC().instant());
        var launchService = context.registerService(Launch.class, launch, null);
        steps.add("the launch", launchService::unregister);
        var facade = new ServiceTracker<Node, Node>(context, Node.class, null);
        facade.open();
        steps.add("the node's facade", facade::close);
        Node node = await(facade);
        Long offer = settings.offer();
        if (offer != null) {
            steps.add("the first offer", node.listen(new FirstOffer(node, offer))::close);
        }
        var identityService = context.registerService(Identity.class, identity, null);
        steps.add("the modules", identityService::unregister);

        steps.add("the control socket", ControlServer.open(home.directory(), node));
        steps.add("the memory of peers", PeerMemory.start(node, peers));
        LOG.debug("node {} starts on {}", identity.id(), home.directory());
        return new StartedNode(node, steps);
    }

    private static Node await(ServiceTracker<Node, Node> facade) throws IOException {
        try {
            Node node = facade.waitForService(FACADE_LIMIT.toMillis());
            if (node == null) {
                throw new IOException("the node's own component did not start; is Declarative Services running?");
            }
            return node;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting", e);
        }
    }

    private static NodeSettings resolve(NodeSettings wanted, Home home, RememberedPeers peers) throws IOException {
        var bootstrap = new ArrayList<>(wanted.bootstrap());
        peers.load().stream().filter(peer -> !bootstrap.contains(peer)).forEach(bootstrap::add);
        return new NodeSettings(home.directory(), ListenAddresses.usable(wanted.listen()), bootstrap, wanted.offer(),
                wanted.repairDelay(), wanted.gossipPeriod());
    }

    private String agent() {
        Version version = context.getBundle().getVersion();
        return "peerwerk/" + version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
    }
}
