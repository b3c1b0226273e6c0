// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.membership;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** Members of ScaleCube Cluster 2.7 with its defaults for local networks. */
public final class ScaleCube implements MemberProgram {

    private static final String CLASS = "ScaleCubeMembers";

    private final Path java;
    private final String classPath;
    private final String heap;

    private ScaleCube(Path java, String classPath, String heap) {
        this.java = java;
        this.classPath = classPath;
        this.heap = heap;
    }

    /** Those of a folder with the program's source; empty when that, its jars or a compiler is missing. */
    public static Optional<ScaleCube> in(@Nullable Path folder) throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("java.home"), "bin");
        Path compiler = home.resolve("javac");
        if (folder == null || !Files.exists(folder.resolve(CLASS + ".java"))
                || !Files.isDirectory(folder.resolve("target/lib")) || !Files.isExecutable(compiler)) {
            return Optional.empty();
        }
        Path classes = folder.resolve("target/classes").toAbsolutePath();
        String jars = folder.resolve("target/lib").toAbsolutePath() + File.separator + "*";
        Process javac = new ProcessBuilder(compiler.toString(), "-nowarn", "-proc:none", "-d", classes.toString(),
                "-cp", jars, folder.resolve(CLASS + ".java").toString()).inheritIO().start();
        return javac.waitFor() == 0
                ? Optional.of(new ScaleCube(home.resolve("java"), jars + File.pathSeparator + classes, "64m"))
                : Optional.empty();
    }

    /** The same with so much memory for a process, as the JVM takes it. */
    ScaleCube withHeap(String other) {
        return new ScaleCube(java, classPath, other);
    }

    @Override
    public String name() {
        return "ScaleCube";
    }

    @Override
    public List<String> command(int count, @Nullable String seed) {
        var words = new ArrayList<>(List.of(java.toString(), "-Xmx" + heap, "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-cp", classPath, CLASS, Integer.toString(count)));
        if (seed != null) {
            words.add(seed);
        }
        return words;
    }

    @Override
    public Map<String, String> environment() {
        return Map.of();
    }
}
