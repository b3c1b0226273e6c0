// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Last words of a command that people end with Ctrl-C when they have seen enough: said once, when the command is done
 * or when the process is told to end, whichever comes first.
 */
final class AtExit implements AutoCloseable {
    private final AtomicBoolean said = new AtomicBoolean();
    private final Runnable words;
    private final Thread hook = new Thread(this::say, "last words");

    AtExit(Runnable words) {
        this.words = words;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void say() {
        if (!said.getAndSet(true)) {
            words.run();
        }
    }

    @Override
    public void close() {
        say();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending already, and the hook finds that all is said
        }
    }
}
