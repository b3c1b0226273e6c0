// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.membership;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import io.peerwerk.node.internal.process.LocalCluster;
import org.jspecify.annotations.Nullable;

/** Processes with members, and all that these have said. Thread-safe. */
final class Group implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(300);
    private static final String GONE = "gone";

    private final List<Process> processes = new ArrayList<>();
    private final Path log;

    // Guarded by this.
    private final List<String> ids = new ArrayList<>();
    private final Set<String> cutOff = new HashSet<>();
    private final Map<String, Map<String, Seen>> views = new HashMap<>();
    private final Map<Process, String> addresses = new HashMap<>();
    private final Map<Process, List<String>> membersOf = new HashMap<>();
    private int ready;
    private long falselyGone;
    private long lastReadyAt;

    /** One line of a member's process; which fields there are depends on the event. */
    private record Line(String event, @Nullable String id, @Nullable String address, @Nullable String by,
            @Nullable String peer, @Nullable String state, long at) {
    }

    private record Seen(String state, long at) {
    }

    private Group(Path log) {
        this.log = log;
    }

    /** Starts processes with so many members each, in the namespace if there is one; returns when all members run. */
    static Group start(MemberProgram program, int count, int each, @Nullable Stage stage)
            throws IOException, InterruptedException {
        var group = new Group(Files.createTempFile("members", ".log"));
        try {
            group.launch(program, program.command(each, null), stage);
            group.awaitReady(1);
            String seed = group.seed();
            for (int i = 1; i < count; i++) {
                group.launch(program, program.command(each, seed), stage);
            }
            group.awaitReady(count);
            return group;
        } catch (IOException | InterruptedException | RuntimeException e) {
            group.close();
            throw e;
        }
    }

    private void launch(MemberProgram program, List<String> command, @Nullable Stage stage) throws IOException {
        var builder = new ProcessBuilder(stage == null ? command : stage.inside(command))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(program.environment());
        Process process = builder.start();
        processes.add(process);
        Thread.ofPlatform().daemon().name("members of " + process.pid()).start(() -> read(process));
    }

    private void awaitReady(int count) throws IOException, InterruptedException {
        LocalCluster.await(START_LIMIT, "members do not start; see " + log, () -> ready() >= count);
    }

    private void read(Process process) {
        var gson = new Gson();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("{")) {
                    take(process, gson.fromJson(line, Line.class));
                }
            }
        } catch (IOException | JsonSyntaxException e) {
            if (process.isAlive()) {
                throw new IllegalStateException("members of process " + process.pid() + " cannot be read", e);
            }
        }
    }

    private synchronized void take(Process process, Line line) {
        switch (line.event()) {
            case "member" -> {
                ids.add(line.id());
                addresses.putIfAbsent(process, line.address());
                membersOf.computeIfAbsent(process, p -> new ArrayList<>()).add(line.id());
            }
            case "ready" -> {
                ready++;
                lastReadyAt = System.currentTimeMillis();
            }
            case "seen" -> {
                views.computeIfAbsent(line.by(), by -> new HashMap<>())
                        .put(line.peer(), new Seen(line.state(), line.at()));
                if (GONE.equals(line.state()) && !cutOff.contains(line.peer()) && !cutOff.contains(line.by())) {
                    falselyGone++;
                }
            }
            default -> { }
        }
    }

    private synchronized int ready() {
        return ready;
    }

    private synchronized String seed() {
        return addresses.get(processes.getFirst());
    }

    /** When the last process said that its members run, in milliseconds of the clock. */
    synchronized long lastReadyAt() {
        return lastReadyAt;
    }

    synchronized int size() {
        return ids.size();
    }

    /** How often a member was held for gone that was not. */
    synchronized long falselyGone() {
        return falselyGone;
    }

    /** When the last of the members that are left learned of the last other one; empty while somebody is missing. */
    synchronized OptionalLong allKnowAll() {
        long last = 0;
        for (String by : left()) {
            for (String peer : left()) {
                Seen seen = by.equals(peer) ? new Seen("alive", 0) : seen(by, peer);
                if (seen == null || GONE.equals(seen.state())) {
                    return OptionalLong.empty();
                }
                last = Math.max(last, seen.at());
            }
        }
        return OptionalLong.of(last);
    }

    /** When those that are left have learned that this one is gone, each that has. */
    synchronized List<Long> learnedOfTheDeathOf(String peer) {
        List<Long> times = new ArrayList<>();
        for (String by : left()) {
            Seen seen = seen(by, peer);
            if (seen != null && GONE.equals(seen.state())) {
                times.add(seen.at());
            }
        }
        return times;
    }

    synchronized int countLeft() {
        return left().size();
    }

    private List<String> left() {
        return ids.stream().filter(id -> !cutOff.contains(id)).toList();
    }

    private @Nullable Seen seen(String by, String peer) {
        return views.getOrDefault(by, Map.of()).get(peer);
    }

    /** Kills the last process; gives the one member it had. */
    String kill() throws InterruptedException {
        Process victim = processes.getLast();
        String member;
        synchronized (this) {
            member = membersOf.get(victim).getFirst();
            cutOff.add(member);
        }
        victim.destroyForcibly().waitFor();
        return member;
    }

    /** Cuts off the last member of the one process; gives it. */
    String drop() throws IOException {
        int number;
        String member;
        synchronized (this) {
            number = ids.size() - 1;
            member = ids.getLast();
            cutOff.add(member);
        }
        processes.getFirst().outputWriter().append("drop " + number + "\n").flush();
        return member;
    }

    /** Stops a process or lets it go on: {@code STOP} or {@code CONT}. */
    void signal(int number, String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(processes.get(number).pid())).inheritIO().start()
                .waitFor();
    }

    /** Kills them all. */
    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        for (Process process : processes) {
            try {
                process.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
