// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;

import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.node.internal.text.ProgressBar;

/** A command whose request tells how far it is. */
abstract class TransferCommand extends AskingCommand {

    /** Something that a node is asked. */
    @FunctionalInterface
    interface Request<T> {
        T ask() throws IOException;
    }

    /** Asks, and shows a bar meanwhile. */
    static <T> T withBar(ControlClient node, Output output, Request<T> request) throws IOException {
        try (var bar = new ProgressBar(output, System::nanoTime)) {
            node.onProgress(update -> bar.update(update.done(), update.total(), update.phase()));
            return request.ask();
        }
    }
}
