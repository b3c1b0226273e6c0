// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;

import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.text.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that asks the node of the home and prints what it says. */
abstract class AskingCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec own;

    @Override
    public final Integer call() throws IOException {
        var parent = (RootCommand) Objects.requireNonNull(own).root().userObject();
        check();
        try (ControlClient node = parent.connect()) {
            ask(node, parent.output());
        }
        return CommandLineProgram.DONE;
    }

    /** Looks at the arguments before the node is asked: wrong usage is wrong whether a node runs or not. */
    void check() throws IOException {
    }

    /** Asks and prints. */
    abstract void ask(ControlClient node, Output output) throws IOException;
}
