// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.widgets;

import java.time.Duration;
import java.util.function.Consumer;

import org.eclipse.swt.SWT;
import org.eclipse.swt.SWTException;
import org.eclipse.swt.widgets.Display;

import io.peerwerk.ui.internal.model.UiThread;

/** The thread of an SWT display. */
public record SwtUiThread(Display display) implements UiThread {
    @Override
    public void execute(Runnable task) {
        onDisplay(d -> d.asyncExec(() -> {
            if (!d.isDisposed()) {
                task.run();
            }
        }));
    }

    @Override
    public void after(Duration delay, Runnable task) {
        int millis = Math.toIntExact(delay.toMillis());
        execute(() -> display.timerExec(millis, task));
    }

    /** A display may be disposed between any two instructions of another thread: that is the end, not an error. */
    private void onDisplay(Consumer<Display> action) {
        try {
            action.accept(display);
        } catch (SWTException e) {
            if (e.code != SWT.ERROR_DEVICE_DISPOSED) {
                throw e;
            }
        }
    }
}
