// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A program of one class that measures what others made, outside of this process and of the product.
 *
 * @param java of this process
 * @param classPath of the program and what it needs
 * @param name of its class
 */
public record ForeignProgram(Path java, String classPath, String name) {

    /** The one whose source is in this folder, compiled; empty when that, its jars or a compiler is missing. */
    public static Optional<ForeignProgram> in(@Nullable Path folder, String name)
            throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("java.home"), "bin");
        Path compiler = home.resolve("javac");
        if (folder == null || !Files.exists(folder.resolve(name + ".java"))
                || !Files.isDirectory(folder.resolve("target/lib")) || !Files.isExecutable(compiler)) {
            return Optional.empty();
        }
        Path classes = folder.resolve("target/classes").toAbsolutePath();
        String jars = folder.resolve("target/lib").toAbsolutePath() + File.separator + "*";
        Process javac = new ProcessBuilder(compiler.toString(), "-nowarn", "-proc:none", "-d", classes.toString(),
                "-cp", jars, folder.resolve(name + ".java").toString()).inheritIO().start();
        return javac.waitFor() == 0
                ? Optional.of(new ForeignProgram(home.resolve("java"), jars + File.pathSeparator + classes, name))
                : Optional.empty();
    }
}
