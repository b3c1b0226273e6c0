// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.peerwerk.node.internal.control.ControlClient;

/** A node in a process of its own. */
final class TestNode implements AutoCloseable {
    private final Path home;
    private final Process process;
    private final BufferedReader out;
    private String peer = "";
    private List<String> addresses = List.of();

    private TestNode(Path home, Process process) {
        this.home = home;
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts a node on loopback; {@link #awaitReady} waits for it. */
    static TestNode launch(Path home, String... options) throws IOException {
        var all = new ArrayList<>(List.of("--listen", "/ip4/127.0.0.1/tcp/0"));
        all.addAll(List.of(options));
        return launchOn(List.of(), home, all.toArray(String[]::new));
    }

    /** Starts a node on every interface of a machine, by means of a command that runs others there. */
    static TestNode launchOn(List<String> machine, Path home, String... options) throws IOException {
        var arguments = new ArrayList<>(List.of("node", "--home", home.toString(), "--json", "--while-stdin-open"));
        arguments.addAll(List.of(options));
        ProcessBuilder node = Peerwerk.process(arguments.toArray(String[]::new));
        node.command().addAll(0, machine);
        return new TestNode(home, node.redirectError(log(home).toFile()).start());
    }

    static TestNode start(Path home, String... options) throws IOException {
        return launch(home, options).awaitReady();
    }

    private static Path log(Path home) {
        return home.resolveSibling(home.getFileName() + ".log");
    }

    /** Reads the line that says the node can be dialled, and what it says. */
    TestNode awaitReady() throws IOException {
        String line = out.readLine();
        assertNotNull(line, () -> "the node ended: " + log());
        JsonObject ready = JsonParser.parseString(line).getAsJsonObject();
        assertEquals("ready", ready.get("event").getAsString());
        peer = ready.get("peer").getAsString();
        addresses = ready.getAsJsonArray("addresses").asList().stream().map(JsonElement::getAsString).toList();
        assertTrue(!addresses.isEmpty(), line);
        return this;
    }

    Path home() {
        return home;
    }

    String peer() {
        return peer;
    }

    String address() {
        return addresses.getFirst();
    }

    Process process() {
        return process;
    }

    /** What it wrote to standard error. */
    String log() {
        try {
            return Files.readString(log(home));
        } catch (IOException e) {
            return e.toString();
        }
    }

    ControlClient control() throws IOException {
        return ControlClient.connect(home);
    }

    /** How many peers it sees alive. */
    int alive() throws IOException {
        try (ControlClient control = control()) {
            return control.status().members().getOrDefault("alive", 0);
        }
    }

    /** A power cut. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    }

    /** SIGTERM; gives the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        assertTrue(process.waitFor(1, TimeUnit.MINUTES), "it does not end");
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
