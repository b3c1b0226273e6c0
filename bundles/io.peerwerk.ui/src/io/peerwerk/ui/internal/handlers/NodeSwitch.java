// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.handlers;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;

/** Starts and stops the workbench's node; what is already so stays so. */
final class NodeSwitch {
    private NodeSwitch() {
    }

    /** On. */
    public static final class On extends NodeHandler {
        @Override
        protected void run(ExecutionEvent event) throws ExecutionException {
            nodes(event).start();
        }
    }

    /** Off. */
    public static final class Off extends NodeHandler {
        @Override
        protected void run(ExecutionEvent event) throws ExecutionException {
            nodes(event).stop();
        }
    }
}
