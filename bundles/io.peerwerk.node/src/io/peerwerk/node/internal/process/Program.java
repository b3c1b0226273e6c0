// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * This program, as a command that starts it once more.
 *
 * @param start the words to which a command and its options are added
 */
public record Program(List<String> start) {
    /** Set by the start script to its own path; the script finds Java and gives each process its own OSGi area. */
    private static final String SCRIPT = "peerwerk.program";

    public Program {
        start = List.copyOf(start);
    }

    /**
     * The program that this process runs.
     *
     * @throws IOException when it was not started by its start script
     */
    public static Program running() throws IOException {
        @Nullable String script = System.getProperty(SCRIPT);
        if (script == null || !Files.isExecutable(Path.of(script))) {
            throw new IOException("this command starts further nodes and has to be started with the peerwerk script");
        }
        return new Program(List.of(script));
    }

    /** A process that runs this command line; with this process's Java, so that all run the same. */
    public ProcessBuilder command(List<String> arguments) {
        var words = new ArrayList<>(start);
        words.addAll(arguments);
        var builder = new ProcessBuilder(words);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }
}
