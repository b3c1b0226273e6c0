// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A js-libp2p peer in a process of its own (see tests/foreign-peers), spoken to in lines of JSON. */
final class ForeignPeer implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private int commands;

    private ForeignPeer(Process process) {
        this.process = process;
        Thread.ofVirtual().start(() -> {
            try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(),
                    StandardCharsets.UTF_8))) {
                out.lines().forEach(lines::add);
            } catch (IOException | java.io.UncheckedIOException e) {
                lines.add("{\"ev\":\"result\",\"ok\":false,\"error\":\"the process is gone\"}");
            }
        });
    }

    /** The folder with peer.mjs, with its packages installed. */
    static Path folder() {
        String set = System.getenv("PEERWERK_FOREIGN_PEERS");
        Path folder = set != null ? Path.of(set) : null;
        for (Path at = Path.of("").toAbsolutePath(); folder == null && at != null; at = at.getParent()) {
            for (Path candidate : List.of(at.resolve("foreign-peers"), at.resolve("tests/foreign-peers"))) {
                if (Files.exists(candidate.resolve("peer.mjs"))) {
                    folder = candidate;
                }
            }
        }
        assertTrue(folder != null, "tests/foreign-peers is not there");
        assertTrue(Files.isDirectory(folder.resolve("node_modules")),
                "run 'npm install --ignore-scripts' in " + folder + " first (tests/prepare does it)");
        return folder;
    }

    /** Whether Node.js is on the path. */
    static boolean nodeIsThere() {
        try {
            return new ProcessBuilder("node", "--version").redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Starts a command that runs once and ends. */
    static ForeignPeer run(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("node", "peer.mjs"));
        command.addAll(List.of(arguments));
        return new ForeignPeer(new ProcessBuilder(command).directory(folder().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** Sends a command to a peer that listens. */
    void send(String command, String... arguments) throws IOException {
        var quoted = new ArrayList<String>();
        for (String argument : arguments) {
            quoted.add('"' + argument + '"');
        }
        String line = "{\"id\":" + ++commands + ",\"cmd\":\"" + command + "\",\"args\":[" + String.join(",", quoted)
                + "]}\n";
        process.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Waits for an event and gives its line. */
    String await(String event) throws InterruptedException {
        return await(line -> line.contains("\"ev\":\"" + event + '"'), event);
    }

    /** Waits for the result of a command, which must be a success, and gives its line. */
    String result() throws InterruptedException {
        String line = await("result");
        assertTrue(line.contains("\"ok\":true"), line);
        return line;
    }

    private String await(Predicate<String> wanted, String what) throws InterruptedException {
        for (String line = next(); line != null; line = next()) {
            if (wanted.test(line)) {
                return line;
            }
        }
        return fail("js-libp2p did not say '" + what + "' in time");
    }

    private String next() throws InterruptedException {
        return lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** A string value of a line, the first of its name. */
    static String text(String line, String name) {
        Matcher m = Pattern.compile('"' + name + "\":\"([^\"]*)\"").matcher(line);
        assertTrue(m.find(), () -> name + " is not in " + line);
        return m.group(1);
    }

    /** The first address of a "ready" line. */
    static String address(String ready) {
        Matcher m = Pattern.compile("\"(/ip4/[^\"]+)\"").matcher(ready);
        assertTrue(m.find(), () -> "no address in " + ready);
        return m.group(1);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
