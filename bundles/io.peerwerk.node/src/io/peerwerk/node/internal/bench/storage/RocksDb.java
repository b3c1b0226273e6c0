// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.peerwerk.node.internal.bench.ForeignProgram;
import org.jspecify.annotations.Nullable;

/** RocksDB in a process of its own, each write synced. */
public final class RocksDb {

    private static final String CLASS = "RocksBlocks";

    private final ForeignProgram program;

    private RocksDb(ForeignProgram program) {
        this.program = program;
    }

    /** The one of a folder with the program's source; empty when that, its jar or a compiler is missing. */
    public static Optional<RocksDb> in(@Nullable Path folder) throws IOException, InterruptedException {
        return ForeignProgram.in(folder, CLASS).map(RocksDb::new);
    }

    BlocksBenchmark.Rates measure(Path folder, int writers, int count) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(program.java().toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp", program.classPath(), program.name(), folder.toString(),
                Integer.toString(writers), Integer.toString(count), Integer.toString(BlocksBenchmark.BLOCK)))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
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
