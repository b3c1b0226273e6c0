// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import static io.peerwerk.fixtures.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private final Deadlines deadlines = new Deadlines();

    @Test
    void whoeverWaitsTooLongIsWokenUntilItGoes() {
        var wakes = new AtomicInteger();
        try (var watched = deadlines.watch(System.nanoTime(), wakes::incrementAndGet)) {
            await().until(() -> wakes.get() > 1);
        }
    }

    @Test
    void whoeverHasGoneOrHasTimeIsLeftAlone() {
        var gone = new AtomicInteger();
        var early = new AtomicInteger();
        var late = new AtomicInteger();
        deadlines.watch(System.nanoTime(), gone::incrementAndGet).close();
        try (var waits = deadlines.watch(System.nanoTime() + TimeUnit.HOURS.toNanos(1), early::incrementAndGet);
                var over = deadlines.watch(System.nanoTime(), late::incrementAndGet)) {
            await().until(() -> late.get() > 1);
        }
        assertEquals(0, gone.get());
        assertEquals(0, early.get());
    }

    @Test
    void aLongWaitWithoutATimerEndsAllTheSame() {
        var lock = new ReentrantLock();
        var never = lock.newCondition();
        var waiting = new Waiting(TimeUnit.SECONDS.toNanos(5));
        lock.lock();
        try {
            assertThrows(SocketTimeoutException.class, () -> {
                while (true) {
                    waiting.await(lock, never, "read", deadlines);
                }
            });
        } finally {
            lock.unlock();
        }
    }
}
