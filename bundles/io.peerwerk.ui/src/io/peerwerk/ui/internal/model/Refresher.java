// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.model;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.Registration;

/**
 * Reads a model in the background and shows it on the user interface's thread, however many events ask for it, at most
 * once in an interval.
 *
 * <p>Invariants: after the last {@link #request()} at least one read begins; at most one read is under way; two reads
 * begin at least an interval apart. After {@link #close()} nothing is shown any more.
 *
 * @param <T> the model, immutable
 */
public final class Refresher<T> implements Registration {
    /** Ten times a second: smooth for the eye, calm for the processor. */
    public static final Duration INTERVAL = Duration.ofMillis(100);

    private static final Logger LOG = LoggerFactory.getLogger(Refresher.class);

    private final Supplier<T> read;
    private final Consumer<T> show;
    private final Executor background;
    private final UiThread ui;
    /** Whether a turn was asked for and has not begun; keeps a storm of events off the user interface's queue. */
    private final AtomicBoolean pending = new AtomicBoolean();
    private volatile boolean closed;
    /** Whether a read is under way, and whether the interval since it began is not over; user interface's thread only. */
    private boolean reading;
    private boolean pausing;

    /**
     * @param read called on {@code background}; may block
     * @param show called on {@code ui}
     */
    public Refresher(Supplier<T> read, Consumer<T> show, Executor background, UiThread ui) {
        this.read = read;
        this.show = show;
        this.background = background;
        this.ui = ui;
    }

    /** Asks for a fresh model to be shown. From any thread; returns at once. */
    public void request() {
        if (!closed && pending.compareAndSet(false, true)) {
            ui.execute(this::turn);
        }
    }

    private void turn() {
        if (reading || pausing || closed) {
            return;
        }
        reading = true;
        pausing = true;
        pending.set(false);
        background.execute(this::readAndShow);
        ui.after(INTERVAL, this::pauseOver);
    }

    private void readAndShow() {
        try {
            T model = read.get();
            ui.execute(() -> readOver(model));
        } catch (RuntimeException e) {
            LOG.error("a view could not be refreshed", e);
            ui.execute(() -> readOver(null));
        }
    }

    private void readOver(@Nullable T model) {
        reading = false;
        try {
            if (model != null && !closed) {
                show.accept(model);
            }
        } finally {
            next();
        }
    }

    private void pauseOver() {
        pausing = false;
        next();
    }

    private void next() {
        if (pending.get()) {
            turn();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
