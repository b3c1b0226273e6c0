// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.storage;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import org.jspecify.annotations.Nullable;

/** RocksDB in a process of its own, each write synced. */
public final class RocksDb {

    private static final String CLASS = "RocksBlocks";

    private final Path java;
    private final String classPath;

    private RocksDb(Path java, String classPath) {
        this.java = java;
        this.classPath = classPath;
    }

    /** The one of a folder with the program's source; empty when that, its jar or a compiler is missing. */
    public static Optional<RocksDb> in(@Nullable Path folder) throws IOException, InterruptedException {
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
                ? Optional.of(new RocksDb(home.resolve("java"), jars + File.pathSeparator + classes))
                : Optional.empty();
    }

    BlocksBenchmark.Rates measure(Path folder, int writers, int count) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(java.toString(), "--enable-native-access=ALL-UNNAMED", "-cp",
                classPath, CLASS, folder.toString(), Integer.toString(writers), Integer.toString(count),
                Integer.toString(BlocksBenchmark.BLOCK))).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String line = out.readLine();
            if (process.waitFor() != 0 || line == null) {
                throw new IOException("RocksDB's program failed");
            }
            JsonObject rates = JsonParser.parseString(line).getAsJsonObject();
            return new BlocksBenchmark.Rates(rates.get("puts").getAsDouble(), rates.get("gets").getAsDouble());
        } catch (JsonParseException e) {
            throw new IOException("RocksDB's program says something else than figures", e);
        } finally {
            process.destroy();
        }
    }
}
