// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.fakes;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Executor;

import io.peerwerk.ui.internal.model.UiThread;

/** The user interface's thread and the background of a test: nothing runs until time passes or the test says so. */
public final class VirtualUi implements UiThread {
    private record Due(Duration at, long number, Runnable task) {
    }

    private final PriorityQueue<Due> queue = new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::number));
    private final Queue<Runnable> background = new ArrayDeque<>();
    private boolean backgroundHeld;
    private Duration now = Duration.ZERO;
    private long number;

    @Override
    public void execute(Runnable task) {
        after(Duration.ZERO, task);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        queue.add(new Due(now.plus(delay), number++, task));
    }

    /** The background: its tasks run whenever the user interface's thread has nothing to do, unless they are held. */
    public Executor background() {
        return background::add;
    }

    /** Keeps background tasks from running until {@link #releaseBackground()}: as if each blocked. */
    public void holdBackground() {
        backgroundHeld = true;
    }

    public void releaseBackground() {
        backgroundHeld = false;
        run();
    }

    /** How many background tasks wait. */
    public int backgroundTasks() {
        return background.size();
    }

    /** Runs all that is due now. */
    public void run() {
        advance(Duration.ZERO);
    }

    /** Lets time pass and runs all that becomes due. */
    public void advance(Duration time) {
        Duration end = now.plus(time);
        while (true) {
            if (!queue.isEmpty() && queue.peek().at().compareTo(now) <= 0) {
                queue.remove().task().run();
            } else if (!background.isEmpty() && !backgroundHeld) {
                background.remove().run();
            } else if (!queue.isEmpty() && queue.peek().at().compareTo(end) <= 0) {
                now = queue.peek().at();
            } else {
                now = end;
                return;
            }
        }
    }

    public Duration now() {
        return now;
    }
}
