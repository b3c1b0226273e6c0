// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.peerwerk.node.internal.text.Terminal;

/** Runs whole command lines that need no node, and keeps what they print. */
final class SimConsole {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Its exit code; {@code words} stand before the arguments. */
    int run(List<String> words, String... arguments) {
        var around = new Surroundings(stream(out), stream(err), Terminal.none(), "0.1.0", SimConsole::nothing,
                SimConsole::nothing, SimConsole::nothing, () -> { });
        return new CommandLineProgram(around)
                .run(Stream.concat(words.stream(), Stream.of(arguments)).toArray(String[]::new));
    }

    private static <T> T nothing() throws IOException {
        throw new IOException("nothing here");
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** What was printed with {@code --json}. */
    List<JsonObject> objects() {
        return out().lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
    }
}
