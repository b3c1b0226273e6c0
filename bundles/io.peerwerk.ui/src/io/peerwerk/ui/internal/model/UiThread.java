// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.model;

import java.time.Duration;

/**
 * The thread that may touch widgets. Both methods may be called from any thread, return at once and keep the order of
 * what is due at the same time. After the end of the user interface they do nothing.
 */
public interface UiThread {
    /** Runs the task on the thread, soon. */
    void execute(Runnable task);

    /** Runs the task on the thread when the delay has passed. */
    void after(Duration delay, Runnable task);
}
