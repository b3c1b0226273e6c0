// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.launch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been opened so far, to be closed in the opposite order; one that fails to close does not spare the rest. */
final class Undo implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Undo.class);

    private final Deque<Step> steps = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();

    private record Step(String name, AutoCloseable closer) {
    }

    void add(String name, AutoCloseable closer) {
        lock.lock();
        try {
            steps.push(new Step(name, closer));
        } finally {
            lock.unlock();
        }
    }

    /** Closes everything once; a second caller waits for the first to be done. */
    @Override
    public void close() {
        lock.lock();
        try {
            while (!steps.isEmpty()) {
                close(steps.pop());
            }
        } finally {
            lock.unlock();
        }
    }

    private static void close(Step step) {
        try {
            step.closer().close();
        } catch (Exception e) {
            LOG.warn("closing {} failed", step.name(), e);
        }
    }
}
