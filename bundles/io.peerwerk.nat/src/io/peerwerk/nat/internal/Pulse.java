// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One virtual thread that does something when it is due, or when it is {@linkplain #hurry hurried}. What it does may
 * block; closing interrupts it, and waits a little until it has ended.
 */
public final class Pulse implements AutoCloseable {

    /** What is done. */
    @FunctionalInterface
    public interface Turn {

        /** Does what is due; gives when more is. */
        Instant run() throws InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final Duration AFTER_A_BUG = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Turn turn;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition hurried = lock.newCondition();
    private final Thread thread;
    private boolean hurry;
    private volatile boolean closed;

    public Pulse(String name, InstantSource clock, Turn turn) {
        this.clock = clock;
        this.turn = turn;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /** Begins. */
    public Pulse start() {
        thread.start();
        return this;
    }

    /** Runs again soon. */
    public void hurry() {
        lock.lock();
        try {
            hurry = true;
            hurried.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (!closed) {
            try {
                await(once());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private Instant once() throws InterruptedException {
        try {
            return turn.run();
        } catch (RuntimeException e) {
            LOG.error("{} has failed and goes on", thread.getName(), e);
            return clock.instant().plus(AFTER_A_BUG);
        }
    }

    private void await(Instant due) throws InterruptedException {
        lock.lock();
        try {
            long left = Duration.between(clock.instant(), due).toMillis();
            while (!hurry && left > 0 && hurried.await(left, TimeUnit.MILLISECONDS)) {
                left = Duration.between(clock.instant(), due).toMillis();
            }
            hurry = false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(FAREWELL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
