// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.io.PrintStream;

import io.peerwerk.node.NodeLauncher;
import io.peerwerk.node.internal.process.Program;
import io.peerwerk.node.internal.text.Terminal;
import org.osgi.framework.BundleContext;

/**
 * What the command line finds around itself.
 *
 * @param out for results
 * @param err for everything else
 * @param terminal what the two are connected to
 * @param version of the program, like {@code 0.1.0}
 * @param launcher starts a node in this process
 * @param program starts this program again, in another process
 * @param framework that this program runs in, for commands that start modules of their own
 * @param shutdown stops everything in this process in order; returns when that is done
 */
public record Surroundings(PrintStream out, PrintStream err, Terminal terminal, String version,
        Source<NodeLauncher> launcher, Source<Program> program, Source<BundleContext> framework,
        Runnable shutdown) {

    /**
     * Something that is looked for only when a command needs it.
     *
     * @param <T> what it is
     */
    @FunctionalInterface
    public interface Source<T> {
        /** @throws IOException in one line for people, when it is not there */
        T get() throws IOException;
    }
}
