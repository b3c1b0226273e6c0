// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which the protocols run. After {@link #close} nothing runs any more, and to ask for it does
 * nothing.
 */
final class Loop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    /** Something to take back where nothing was asked for. */
    static final Future<Void> NOTHING = new FutureTask<>(() -> { }, null);

    private final ScheduledThreadPoolExecutor executor;

    Loop(String name) {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void run(Runnable task) {
        after(0, task);
    }

    /** The task can be taken back by cancelling it. */
    Future<?> after(long millis, Runnable task) {
        try {
            return executor.schedule(() -> guarded(task), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            return NOTHING;
        }
    }

    /** Runs a task and waits until it is done, for so long at most. */
    void runAndWait(Runnable task, Duration limit) throws InterruptedException {
        var done = new CountDownLatch(1);
        run(() -> {
            try {
                task.run();
            } finally {
                done.countDown();
            }
        });
        if (!done.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("the gossip protocols are stuck");
        }
    }

    /** The edge of the thread: a mistake of ours is logged and costs this one task, not the loop. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("a step of the gossip protocols failed", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
