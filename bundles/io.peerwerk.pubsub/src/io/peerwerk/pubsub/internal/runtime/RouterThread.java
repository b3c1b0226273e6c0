// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.runtime;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

import io.peerwerk.pubsub.internal.gossipsub.Gossipsub;
import io.peerwerk.pubsub.internal.gossipsub.GossipsubAction;
import io.peerwerk.pubsub.internal.gossipsub.GossipsubInput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that the router runs on. Once it is closed, inputs are dropped and questions fail. */
final class RouterThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RouterThread.class);

    private final Gossipsub router;
    private final Consumer<List<GossipsubAction>> actions;
    private final ScheduledThreadPoolExecutor executor;
    /** Answers that somebody waits for: nobody gives them any more once this is closed. */
    private final Set<CompletableFuture<?>> asked = ConcurrentHashMap.newKeySet();

    /** @param actions carries out what the router wants, on this thread; must not block */
    RouterThread(String name, Gossipsub router, Consumer<List<GossipsubAction>> actions) {
        this.router = router;
        this.actions = actions;
        this.executor = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name(name).daemon().factory());
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void beat(Duration period) {
        executor.scheduleWithFixedDelay(() -> guarded(new GossipsubInput.Heartbeat()), period.toMillis(),
                period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Hands in an input. Does not wait. */
    void tell(GossipsubInput input) {
        run(() -> guarded(input));
    }

    /** Runs something later; it can be taken back by cancelling it. */
    Future<?> after(Duration delay, Runnable task) {
        try {
            return executor.schedule(() -> guarded(task), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.trace("closed", closed);
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Runs something on the thread, soon. */
    void run(Runnable task) {
        after(Duration.ZERO, task);
    }

    /** Takes in an input here and now; only on the thread. */
    List<GossipsubAction> handle(GossipsubInput input) {
        List<GossipsubAction> wanted = router.handle(input);
        actions.accept(wanted);
        return wanted;
    }

    /**
     * Asks something of the router and waits for the answer.
     *
     * @throws IllegalStateException if the thread has ended, or does not get to it within half a minute
     */
    <T> T ask(Function<Gossipsub, T> question) {
        var answer = new CompletableFuture<T>();
        asked.add(answer);
        try {
            executor.execute(() -> answer.completeAsync(() -> question.apply(router), Runnable::run)); // here
            return answer.get(30, TimeUnit.SECONDS);
        } catch (RejectedExecutionException | CancellationException | TimeoutException e) {
            throw new IllegalStateException("the pubsub service has gone or is stuck", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException ours ? ours : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            asked.remove(answer);
        }
    }

    /**
     * Hands in an input and waits until it is dealt with, however busy the thread is: so that nobody is turned away for
     * what others do.
     */
    void hand(GossipsubInput input) throws IOException {
        var done = new CompletableFuture<Boolean>();
        asked.add(done);
        try {
            executor.execute(() -> {
                try {
                    guarded(input);
                } finally {
                    done.complete(true);
                }
            });
            done.get();
        } catch (RejectedExecutionException | CancellationException e) {
            throw new IOException("the pubsub service has gone", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } finally {
            asked.remove(done);
        }
    }

    private void guarded(GossipsubInput input) {
        guarded(() -> handle(input));
    }

    /** The edge of the thread: a mistake of ours is logged and costs one step. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("a step of the router failed", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        asked.forEach(answer -> answer.cancel(false));
    }
}
