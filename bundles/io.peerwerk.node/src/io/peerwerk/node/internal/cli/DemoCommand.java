// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;

import io.peerwerk.node.internal.demo.Demonstration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "demo", description = {"Shows it all on this machine: eight nodes, three of them die.",
    "Stores a file, kills three nodes, fetches the file from the others and watches them repair the loss.",
    "Everything happens in a temporary directory that is removed at the end; the home is not touched."},
        footerHeading = "%nExamples:%n", footer = {"  peerwerk demo", "  peerwerk demo --json holiday.mp4"})
final class DemoCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable RootCommand root;

    @Parameters(paramLabel = "FILE", arity = "0..1",
            description = "the file to store (default: the Java library image, which is on every machine)")
    private @Nullable Path file;

    @Override
    public Integer call() throws IOException, InterruptedException {
        RootCommand parent = Objects.requireNonNull(root);
        Path source = file == null ? javaLibrary() : file;
        if (!Files.isRegularFile(source)) {
            throw new IOException("no such file: " + source);
        }
        new Demonstration(parent.around().program().get(), parent.output(), System::nanoTime).run(source);
        return CommandLineProgram.DONE;
    }

    /** The image of all of Java's modules: over 100 MB, real content, wherever a JDK is. */
    private static Path javaLibrary() {
        return Path.of(System.getProperty("java.home"), "lib", "modules");
    }
}
