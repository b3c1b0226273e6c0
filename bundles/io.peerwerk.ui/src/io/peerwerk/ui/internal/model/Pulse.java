// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.model;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import io.peerwerk.core.Registration;

/** Looks again from time to time for what changes without an event, as long as somebody can see it. */
public final class Pulse implements Registration {
    private final Duration every;
    private final BooleanSupplier watched;
    private final Runnable look;
    private final UiThread ui;
    private volatile boolean closed;

    /**
     * Begins; the first look is due when the interval has passed.
     *
     * @param watched whether anybody can see it; called on {@code ui}, like {@code look}
     */
    public Pulse(Duration every, BooleanSupplier watched, Runnable look, UiThread ui) {
        this.every = every;
        this.watched = watched;
        this.look = look;
        this.ui = ui;
        ui.after(every, this::beat);
    }

    private void beat() {
        if (closed) {
            return;
        }
        if (watched.getAsBoolean()) {
            look.run();
        }
        ui.after(every, this::beat);
    }

    @Override
    public void close() {
        closed = true;
    }
}
