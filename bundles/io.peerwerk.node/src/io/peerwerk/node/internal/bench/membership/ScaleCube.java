// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.membership;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.peerwerk.node.internal.bench.ForeignProgram;
import org.jspecify.annotations.Nullable;

/** Members of ScaleCube Cluster 2.7 with its defaults for local networks. */
public final class ScaleCube implements MemberProgram {

    private static final String CLASS = "ScaleCubeMembers";

    private final ForeignProgram program;
    private final String heap;

    private ScaleCube(ForeignProgram program, String heap) {
        this.program = program;
        this.heap = heap;
    }

    /** Those of a folder with the program's source; empty when that, its jars or a compiler is missing. */
    public static Optional<ScaleCube> in(@Nullable Path folder) throws IOException, InterruptedException {
        return ForeignProgram.in(folder, CLASS).map(program -> new ScaleCube(program, "64m"));
    }

    /** The same with so much memory for a process, as the JVM takes it. */
    ScaleCube withHeap(String other) {
        return new ScaleCube(program, other);
    }

    @Override
    public String name() {
        return "ScaleCube";
    }

    @Override
    public List<String> command(int count, @Nullable String seed) {
        var words = new ArrayList<>(List.of(program.java().toString(), "-Xmx" + heap, "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-cp", program.classPath(), program.name(), Integer.toString(count)));
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
