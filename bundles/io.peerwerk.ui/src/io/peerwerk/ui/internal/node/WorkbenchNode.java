// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.node;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.Registration;
import io.peerwerk.node.NodeLauncher;
import io.peerwerk.node.NodeSettings;
import io.peerwerk.node.RunningNode;
import io.peerwerk.ui.internal.model.Figures;

/**
 * The node that the workbench runs for its user: one for all windows, started when it is first wanted, closed with the
 * workbench. The launcher may go and come back while the node is wanted; then the node goes and comes back with it.
 *
 * <p>Thread-safe. Starting and closing happen one after the other on a thread of its own; {@link #start()},
 * {@link #stop()} and {@link #restart()} return at once and the outcome is told as a {@link NodeState}.
 */
@Component(service = WorkbenchNode.class)
public final class WorkbenchNode implements NodeSource {
    private static final Logger LOG = LoggerFactory.getLogger(WorkbenchNode.class);
    /** Long enough to say goodbye to the network, short enough for a user who closes the window. */
    private static final long CLOSE_SECONDS = 10;

    private final Supplier<NodeSettings> settings;
    private final ExecutorService turns = Executors.newSingleThreadExecutor(Thread.ofVirtual().name("workbench-node").factory()); //$NON-NLS-1$
    private final List<Consumer<NodeState>> listeners = new CopyOnWriteArrayList<>();
    private volatile NodeState state = new NodeState.Absent();
    private volatile @Nullable NodeLauncher launcher;
    private volatile boolean wanted;
    /** Whether a start was asked for and not tried yet. */
    private final AtomicBoolean due = new AtomicBoolean();
    /** Touched by turns only. */
    private @Nullable RunningNode running;

    /** With the settings of the preferences. */
    @Activate
    public WorkbenchNode() {
        this(new NodePreferences()::settings);
    }

    /** With settings from elsewhere, asked for at every start. */
    public WorkbenchNode(Supplier<NodeSettings> settings) {
        this.settings = settings;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, unbind = "launcherGone")
    public void launcherCame(NodeLauncher came) {
        launcher = came;
        turn(() -> {
            closeNow();
            become(new NodeState.Stopped());
            due.set(wanted);
            startNow();
        });
    }

    public void launcherGone(NodeLauncher gone) {
        if (launcher == gone) {
            launcher = null;
            turn(() -> {
                closeNow();
                if (launcher == null) {
                    become(new NodeState.Absent());
                }
            });
        }
    }

    /** Wants the node to run from now on; nothing happens where it does. */
    public void start() {
        wanted = true;
        due.set(true);
        turn(this::startNow);
    }

    /** Like {@link #start()}, but leaves alone what was wanted before: a start that failed is not tried by every view. */
    public void startOnce() {
        if (!wanted) {
            start();
        }
    }

    /** Wants no node until the next {@link #start()}. */
    public void stop() {
        wanted = false;
        turn(() -> {
            closeNow();
            if (launcher != null) {
                become(new NodeState.Stopped());
            }
        });
    }

    /** Stops the node if it runs and starts it with the settings of now. */
    public void restart() {
        stop();
        start();
    }

    /** Whether somebody asked for the node and nobody stopped it. */
    public boolean wanted() {
        return wanted;
    }

    @Deactivate
    public void close() {
        wanted = false;
        turn(this::closeNow);
        turns.shutdown();
        try {
            if (!turns.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the workbench's node has not closed within {} s", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One after the other; after the end nothing. */
    private void turn(Runnable task) {
        try {
            turns.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("the workbench's node is closed already");
        }
    }

    private void startNow() {
        NodeLauncher by = launcher;
        if (by == null || !wanted || running != null || !due.getAndSet(false)) {
            return;
        }
        NodeSettings with = settings.get();
        become(new NodeState.Starting(with.home()));
        try {
            RunningNode started = by.start(with);
            running = started;
            become(new NodeState.Running(started.node()));
        } catch (IOException e) {
            LOG.warn("the workbench's node did not start on {}: {}", with.home(), e.getMessage());
            become(new NodeState.Failed(with.home(), reason(e)));
        } catch (RuntimeException e) {
            LOG.error("the workbench's node did not start on {}", with.home(), e);
            become(new NodeState.Failed(with.home(), reason(e)));
        }
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : Figures.sentence(message);
    }

    private void closeNow() {
        RunningNode closing = running;
        running = null;
        if (closing == null) {
            return;
        }
        try {
            closing.close();
        } catch (RuntimeException e) {
            LOG.error("the workbench's node did not close cleanly", e);
        }
    }

    private void become(NodeState next) {
        state = next;
        for (Consumer<NodeState> listener : listeners) {
            try {
                listener.accept(next);
            } catch (RuntimeException e) {
                LOG.error("a listener failed on {}", next, e);
            }
        }
    }

    @Override
    public NodeState state() {
        return state;
    }

    @Override
    public Registration listen(Consumer<NodeState> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
