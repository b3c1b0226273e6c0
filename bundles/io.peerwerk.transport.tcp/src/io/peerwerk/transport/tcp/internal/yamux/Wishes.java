// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.yamux;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** What other threads want of an event loop: gathered, so that many wishes cost one wake-up. */
final class Wishes {

    private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Executor loop;
    private final Runnable afterwards;

    /** @param afterwards runs on the loop after each batch */
    Wishes(Executor loop, Runnable afterwards) {
        this.loop = loop;
        this.afterwards = afterwards;
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
        grantAll();
        afterwards.run();
    }

    /** Grants what is there. On the event loop. */
    void grantAll() {
        for (Runnable wish = queue.poll(); wish != null; wish = queue.poll()) {
            wish.run();
        }
    }
}
