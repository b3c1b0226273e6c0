// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.Registration;
import io.peerwerk.node.ModuleAbsentException;
import io.peerwerk.node.Node;
import io.peerwerk.node.NodeModule;

/**
 * Hears everything that may change what a view shows: the node, its modules, its members and its storage. Follows the
 * node and its modules when they go and come back, so that a presenter never holds on to one that is gone.
 *
 * <p>The task is called on any thread, often, and must return at once; a {@code Refresher} calms it down.
 */
public final class NodeWatch implements Registration {
    private final Runnable changed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Registration states;
    private final List<Registration> modules = new ArrayList<>();
    private @Nullable Registration nodeListener;
    private @Nullable Node node;
    private boolean closed;

    public NodeWatch(NodeSource source, Runnable changed) {
        this.changed = changed;
        this.states = source.listen(this::follow);
        follow(source.state());
    }

    private void follow(NodeState state) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            forget();
            if (state instanceof NodeState.Running running) {
                node = running.node();
                nodeListener = running.node().listen(this::moduleChanged);
                listenToModules(running.node());
            }
        } finally {
            lock.unlock();
        }
        changed.run();
    }

    private void moduleChanged(NodeModule module, boolean present) {
        lock.lock();
        try {
            Node current = node;
            if (closed || current == null) {
                return;
            }
            modules.forEach(Registration::close);
            modules.clear();
            listenToModules(current);
        } finally {
            lock.unlock();
        }
        changed.run();
    }

    private void listenToModules(Node current) {
        try {
            modules.add(current.membership().listen((before, now) -> changed.run()));
        } catch (ModuleAbsentException e) {
            // It tells when it comes.
        }
        try {
            modules.add(current.storage().listen(event -> changed.run()));
        } catch (ModuleAbsentException e) {
            // It tells when it comes.
        }
    }

    private void forget() {
        modules.forEach(Registration::close);
        modules.clear();
        if (nodeListener != null) {
            nodeListener.close();
            nodeListener = null;
        }
        node = null;
    }

    @Override
    public void close() {
        states.close();
        lock.lock();
        try {
            closed = true;
            forget();
        } finally {
            lock.unlock();
        }
    }
}
