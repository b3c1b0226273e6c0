// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.peerwerk.node.NodeSettings;
import io.peerwerk.node.internal.FakeNode;
import io.peerwerk.node.internal.FakePubSub;
import io.peerwerk.node.internal.control.ControlServer;
import io.peerwerk.node.internal.text.Terminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs whole command lines against a node that answers from a script. */
abstract class CommandLines {
    @TempDir
    Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    final AtomicReference<NodeSettings> started = new AtomicReference<>();
    FakeNode fake;
    FakePubSub pubsub;
    ControlServer server;

    @BeforeEach
    void serve() throws IOException {
        fake = new FakeNode(home);
        pubsub = new FakePubSub(fake.self);
        server = ControlServer.open(home, fake.node(), () -> pubsub);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    int run(String... arguments) {
        out.reset();
        err.reset();
        var line = new ArrayList<>(List.of(arguments));
        if (!line.contains("--home")) {
            line.addAll(List.of("--home", home.toString()));
        }
        var around = new Surroundings(stream(out), stream(err), Terminal.none(), "0.1.0", () -> settings -> {
            started.set(settings);
            throw new IOException("a node is already running on home " + settings.home());
        }, () -> {
            throw new IOException("no program here");
        }, () -> {
            throw new IOException("no framework here");
        }, () -> { });
        return new CommandLineProgram(around).run(line.toArray(String[]::new));
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

    /** Runs with --json, expects success and nothing but objects on standard output. */
    List<JsonObject> json(String... arguments) {
        var line = new ArrayList<>(List.of(arguments));
        line.add("--json");
        assertEquals(0, run(line.toArray(String[]::new)), this::err);
        assertEquals("", err());
        return out().lines().map(text -> JsonParser.parseString(text).getAsJsonObject()).toList();
    }

    void fails(int code, String message, String... arguments) {
        assertEquals(code, run(arguments));
        assertEquals("", out());
        assertEquals(1, err().lines().count(), this::err);
        assertTrue(err().contains(message), this::err);
    }

    Path file() throws IOException {
        return Files.writeString(home.resolve("photo.jpg"), "x");
    }
}
