// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/** The {@code peerwerk} script of this source tree, and what its commands say. */
final class Peerwerk {
    private static final int LIMIT_MINUTES = 4;

    private Peerwerk() {
    }

    /** What a command left behind. */
    record Result(int code, String out, String err) {
        /** Expects success and gives the objects on standard output, where nothing else may be. */
        List<JsonObject> json() {
            assertEquals(0, code, err);
            return out.lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
        }

        /**
         * Expects failure with this code, silence on standard output and one line on standard error, beside the
         * progress that a slow machine sees, and the JVM's own word about the Vector API.
         */
        String failure(int expected) {
            assertEquals(expected, code, out + err);
            assertEquals("", out);
            List<String> lines = err.lines().filter(line -> !line.matches(
                    "(?:storing|fetching) +\\d+ %.*|WARNING: Using incubator modules: .*")).toList();
            assertEquals(1, lines.size(), err);
            return lines.getFirst().strip();
        }
    }

    static List<String> command(String... arguments) {
        var words = new ArrayList<>(List.of(script().toString()));
        words.addAll(List.of(arguments));
        return words;
    }

    private static Path script() {
        String given = System.getProperty("peerwerk.program");
        Path script = given == null ? root().resolve("peerwerk") : Path.of(given);
        assertTrue(Files.isExecutable(script), script + " is missing");
        return script;
    }

    /** Up from where the tests run to where the script is. */
    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(directory.resolve("peerwerk"))) {
            directory = directory.getParent();
            assertTrue(directory != null, "no peerwerk script above " + Path.of("").toAbsolutePath());
        }
        return directory;
    }

    /** A process of this command line; it runs the product that is there and builds none. */
    static ProcessBuilder process(String... arguments) {
        var builder = new ProcessBuilder(command(arguments));
        builder.environment().put("PEERWERK_NO_BUILD", "1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    /** Runs a command to its end. */
    static Result run(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile("peerwerk", ".out");
        Path err = Files.createTempFile("peerwerk", ".err");
        Process process = process(arguments).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            process.getOutputStream().close();
            assertTrue(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES), () -> String.join(" ", arguments) + " hangs");
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
            Files.delete(out);
            Files.delete(err);
        }
    }
}
