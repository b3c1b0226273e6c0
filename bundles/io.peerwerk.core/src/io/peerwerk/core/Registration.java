// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core;

import java.util.concurrent.atomic.AtomicBoolean;

/** Something that was added, a handler or a listener, and can be taken away again. */
@FunctionalInterface
public interface Registration extends AutoCloseable {

    /** Takes it away. Safe from any thread; a second call does nothing. */
    @Override
    void close();

    /** A registration whose {@link #close()} runs the given action the first time, and never again. */
    static Registration of(Runnable removal) {
        var open = new AtomicBoolean(true);
        return () -> {
            if (open.compareAndSet(true, false)) {
                removal.run();
            }
        };
    }
}
