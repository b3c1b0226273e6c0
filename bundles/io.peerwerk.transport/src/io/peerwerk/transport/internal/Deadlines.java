// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.peerwerk.core.Registration;

/**
 * Ends long waits about when their time is over. A timer for each wait costs more than the wait itself where a stream
 * is busy: tens of thousands of waits a second, none of which takes a millisecond. So all waits of a host are looked
 * through now and then; while nobody waits, nothing runs.
 */
final class Deadlines {

    /** How often all are looked through: so late a wait may end. */
    private static final long LOOK_MILLIS = 500;

    private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final Executor soon = CompletableFuture.delayedExecutor(LOOK_MILLIS, TimeUnit.MILLISECONDS);

    /** One wait; two are never equal. */
    private static final class Wait implements Registration {

        private final Set<Wait> among;
        private final long end;
        private final Runnable wake;

        Wait(Set<Wait> among, long end, Runnable wake) {
            this.among = among;
            this.end = end;
            this.wake = wake;
        }

        @Override
        public void close() {
            among.remove(this);
        }
    }

    /**
     * Has somebody woken who waits, again and again from a moment on, until the registration is closed.
     *
     * @param end the moment, as {@link System#nanoTime()} tells it
     */
    Registration watch(long end, Runnable wake) {
        var wait = new Wait(waits, end, wake);
        waits.add(wait);
        lookSoon();
        return wait;
    }

    private void lookSoon() {
        if (!looking.get() && looking.compareAndSet(false, true)) {
            soon.execute(this::look);
        }
    }

    private void look() {
        looking.set(false);
        long now = System.nanoTime();
        for (Wait wait : waits) {
            if (now - wait.end >= 0) {
                wait.wake.run();
            }
        }
        if (!waits.isEmpty()) {
            lookSoon();
        }
    }
}
