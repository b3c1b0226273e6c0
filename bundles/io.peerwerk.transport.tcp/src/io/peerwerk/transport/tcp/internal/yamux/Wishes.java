// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.yamux;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** What other threads want of an event loop: gathered, so that many wishes cost one wake-up. */
final class Wishes {

    private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Executor loop;
    private final Runnable afterwards;
    private final Consumer<Throwable> failed;

    /**
     * @param afterwards runs on the loop after each batch
     * @param failed     hears of a wish that failed, which is an error of ours; the rest of its batch waits for the next
     */
    Wishes(Executor loop, Runnable afterwards, Consumer<Throwable> failed) {
        this.loop = loop;
        this.afterwards = afterwards;
        this.failed = failed;
    }

    /** Adds a wish; false if the loop is gone and will never grant it. */
    boolean add(Runnable wish) {
        queue.add(wish);
        if (woken.compareAndSet(false, true)) {
            try {
                loop.execute(this::grant);
            } catch (RejectedExecutionException e) {
                queue.remove(wish);
                return false;
            }
        }
        return true;
    }

    private void grant() {
        woken.set(false);
        try {
            grantAll();
            afterwards.run();
        } catch (RuntimeException e) {
            failed.accept(e);
        }
    }

    /** Grants what is there. On the event loop. */
    void grantAll() {
        for (Runnable wish = queue.poll(); wish != null; wish = queue.poll()) {
            wish.run();
        }
    }
}
