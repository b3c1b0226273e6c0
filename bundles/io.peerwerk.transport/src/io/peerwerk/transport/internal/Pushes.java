// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells all peers that something has changed here, once for changes that come close together: a node whose modules
 * start registers a dozen protocols in a moment.
 */
final class Pushes {

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(Pushes.class);

    private final Settling settling = new Settling(PAUSE, LIMIT, System::nanoTime);
    private final IdentifyProtocol identify;
    private final Supplier<List<SwitchConnection>> connections;
    private final Executor threads;

    /** @param threads runs each task on a virtual thread */
    Pushes(IdentifyProtocol identify, Supplier<List<SwitchConnection>> connections, Executor threads) {
        this.identify = identify;
        this.connections = connections;
        this.threads = threads;
    }

    /** Something has changed. */
    void changed() {
        if (settling.changed()) {
            run(this::pushWhenSettled);
        }
    }

    private void pushWhenSettled() {
        try {
            Duration left = settling.left();
            while (!left.isZero()) {
                Thread.sleep(left);
                left = settling.left();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        connections.get().forEach(connection -> run(() -> push(connection)));
    }

    private void push(SwitchConnection connection) {
        try {
            identify.push(connection);
        } catch (IOException e) {
            LOG.debug("could not tell {} what has changed: {}", connection.peer(), e.toString());
        }
    }

    private void run(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("the host is closed, nobody is told any more");
        }
    }
}
