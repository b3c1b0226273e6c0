// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import org.eclipse.swt.widgets.Display;

/** Lets the workbench go on while a test waits for it. Tests run on the user interface's thread. */
final class Loop {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int LOOK_EVERY_MILLIS = 20;

    private Loop() {
    }

    /** Handles events until the condition holds. */
    static void until(String what, BooleanSupplier condition) {
        Display display = Display.getCurrent();
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                fail("still waiting for: " + what);
            }
            display.timerExec(LOOK_EVERY_MILLIS, () -> { });
            if (!display.readAndDispatch()) {
                display.sleep();
            }
        }
    }

    /** Handles the events there are. */
    static void idle() {
        Display display = Display.getCurrent();
        while (display.readAndDispatch()) {
            // The next one.
        }
    }
}
