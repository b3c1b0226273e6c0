// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import io.peerwerk.node.internal.control.ControlClient;
import org.jspecify.annotations.Nullable;

/** A node in a process of its own. Its log lies beside its home. Thread-safe. */
public final class NodeProcess {
    private static final int LOG_LINES = 3;

    private final int number;
    private final Path home;
    private final Process process;
    private final CompletableFuture<Ready> ready = new CompletableFuture<>();

    /** What the node prints when it can be dialled. */
    private record Ready(@Nullable String event, @Nullable String peer, @Nullable List<String> addresses) {
    }

    private NodeProcess(int number, Path home, Process process) {
        this.number = number;
        this.home = home;
        this.process = process;
        Thread.ofPlatform().daemon().name("output of node " + number).start(this::read);
    }

    /**
     * Starts a node on a home below {@code directory}; returns at once.
     *
     * @param number names it, from 1
     * @param options for the {@code node} command
     */
    static NodeProcess start(Program program, int number, Path directory, List<String> options) throws IOException {
        Path home = directory.resolve("node" + number);
        var arguments = new ArrayList<>(List.of("node", "--home", home.toString(), "--json", "--while-stdin-open"));
        arguments.addAll(options);
        return new NodeProcess(number, home, program.command(arguments)
                .redirectError(log(home).toFile()).start());
    }

    private static Path log(Path home) {
        return home.resolveSibling(home.getFileName() + ".log");
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                Ready event = new Gson().fromJson(line, Ready.class);
                if ("ready".equals(event.event())) {
                    ready.complete(event);
                }
            }
            ready.completeExceptionally(new IOException(name() + " ended before it was ready: " + lastWords()));
        } catch (IOException | JsonSyntaxException e) {
            ready.completeExceptionally(new IOException("node " + number + ": " + e.getMessage(), e));
        }
    }

    private String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(log(home));
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }

    /**
     * Waits until the node can be dialled.
     *
     * @throws IOException when it ended, with the last lines of its log, or took longer than {@code limit}
     */
    void awaitReady(Duration limit) throws IOException, InterruptedException {
        try {
            ready.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("node " + number + " is not ready after " + limit.toSeconds() + " s", e);
        }
    }

    public int number() {
        return number;
    }

    /** Like {@code node 3}. */
    public String name() {
        return "node " + number;
    }

    public Path home() {
        return home;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The peer id; once the node is ready. */
    public String peer() {
        String peer = ready.join().peer();
        return peer == null ? "" : peer;
    }

    /** Where it can be dialled; once the node is ready. */
    String address() {
        List<String> addresses = ready.join().addresses();
        return addresses == null ? "" : addresses.getFirst();
    }

    /** A connection to its control socket, which the caller closes. */
    public ControlClient control() throws IOException {
        return ControlClient.connect(home);
    }

    /** Ends it as a power cut would: SIGKILL, no last word. Returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
