// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

import io.peerwerk.node.NodeLauncher;
import io.peerwerk.node.NodeSettings;
import io.peerwerk.node.RunningNode;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the one node of this process, and starts it again by itself after an update. A module that is updated takes
 * the bundles along that use its interfaces: the framework stops them, this one too, and starts them anew. The node
 * then goes down in order with the old bundles and comes up with the new ones, on the same home and as the same peer;
 * whoever asks for it then is given the one that runs.
 */
@Component(service = NodeLauncher.class, immediate = true)
public final class ModuleLauncher implements NodeLauncher {
    private static final Logger LOG = LoggerFactory.getLogger(ModuleLauncher.class);

    private final BundleContext context;
    private final ConfigurationAdmin admin;
    private final NodeWish wish;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable StartedNode running;
    /** Home of a node that came up again by itself and that nobody has asked for since. */
    private @Nullable Path resumed;
    private boolean closed;

    @Activate
    public ModuleLauncher(BundleContext context, @Reference ConfigurationAdmin admin) throws IOException {
        this.context = context;
        this.admin = admin;
        this.wish = new NodeWish(admin);
        // Not on this thread: the node's own components come up only after this one.
        wish.load().ifPresent(
                settings -> Thread.ofVirtual().name("node after an update").start(() -> resume(settings)));
    }

    @Override
    public RunningNode start(NodeSettings settings) throws IOException {
        lock.lock();
        try {
            StartedNode node = running;
            if (node == null) {
                node = open(settings);
            } else if (!settings.home().toAbsolutePath().normalize().equals(resumed)) {
                throw new IOException("this process runs a node already");
            }
            resumed = null;
            return node;
        } finally {
            lock.unlock();
        }
    }

    private void resume(NodeSettings settings) {
        lock.lock();
        try {
            if (running == null && !closed) {
                resumed = open(settings).node().settings().home();
                LOG.info("the node on {} goes on after an update", resumed);
            }
        } catch (IOException e) {
            LOG.error("the node on {} could not go on after an update: {}", settings.home(), e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private StartedNode open(NodeSettings settings) throws IOException {
        var steps = new Undo();
        try {
            var node = new StartedNode(new Launching(context, admin, steps).start(settings), steps, this::ended);
            wish.save(settings);
            running = node;
            return node;
        } catch (IOException | RuntimeException e) {
            steps.close();
            throw e;
        }
    }

    /** The node's owner has closed it. */
    private void ended(StartedNode node) {
        lock.lock();
        try {
            if (running == node) {
                running = null;
                wish.clear();
            }
        } catch (IOException e) {
            LOG.warn("the node may come up again by itself: {}", e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    /** Takes the node down and leaves the wish for it. */
    @Deactivate
    public void deactivate() {
        StartedNode node;
        lock.lock();
        try {
            closed = true;
            node = running;
            running = null;
        } finally {
            lock.unlock();
        }
        if (node != null) {
            node.close();
        }
    }
}
