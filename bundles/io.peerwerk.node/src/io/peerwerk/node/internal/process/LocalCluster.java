// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.peerwerk.node.internal.control.ControlClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Some nodes on this machine that know each other, in a temporary directory that goes with them. They are ended and the
 * directory is removed by {@link #close}, and by a shutdown hook when this process ends without.
 */
public final class LocalCluster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalCluster.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Duration MEET_LIMIT = Duration.ofSeconds(120);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Program program;
    private final Path directory;
    private final List<NodeProcess> nodes = new CopyOnWriteArrayList<>();
    private final Thread hook = new Thread(this::end, "end of the local cluster");

    private LocalCluster(Program program, Path directory) {
        this.program = program;
        this.directory = directory;
    }

    /**
     * Starts nodes and waits until each can be dialled and sees all others.
     *
     * @param options for each node's {@code node} command, on top of listening on loopback
     */
    public static LocalCluster start(Program program, int count, List<String> options)
            throws IOException, InterruptedException {
        var cluster = new LocalCluster(program, Files.createTempDirectory("peerwerk"));
        Runtime.getRuntime().addShutdownHook(cluster.hook);
        try {
            cluster.startAll(count, options);
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** The first comes up alone and is the address where the others join. */
    private void startAll(int count, List<String> options) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of("--listen", "/ip4/127.0.0.1/tcp/0"));
        all.addAll(options);
        NodeProcess first = NodeProcess.start(program, 1, directory, all);
        nodes.add(first);
        first.awaitReady(START_LIMIT);
        all.addAll(List.of("--bootstrap", first.address()));
        for (int number = 2; number <= count; number++) {
            nodes.add(NodeProcess.start(program, number, directory, all));
        }
        for (NodeProcess node : nodes) {
            node.awaitReady(START_LIMIT);
        }
        for (NodeProcess node : nodes) {
            try (ControlClient control = node.control()) {
                await(MEET_LIMIT, node.name() + " does not see all others",
                        () -> control.status().members().getOrDefault("alive", 0) == count - 1);
            }
        }
    }

    /** Something that becomes true in time. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws IOException;
    }

    /**
     * Looks again and again until the condition holds.
     *
     * @throws IOException with {@code complaint} when it takes longer than {@code limit}
     */
    public static void await(Duration limit, String complaint, Condition condition)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - end > 0) {
                throw new IOException(complaint + " after " + limit.toSeconds() + " s");
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    /** All nodes that were started, in order, the dead ones too. */
    public List<NodeProcess> nodes() {
        return List.copyOf(nodes);
    }

    public NodeProcess node(int number) {
        return nodes.get(number - 1);
    }

    /** What to call a peer: the number of its node, by peer id. */
    public Map<String, NodeProcess> byPeer() {
        return nodes.stream().collect(Collectors.toMap(NodeProcess::peer, node -> node));
    }

    /** Room for files that go with the cluster. */
    public Path directory() {
        return directory;
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("the process is ending already", e);
        }
    }

    private void end() {
        // Nobody needs these nodes' last words: to let eight of them say goodbye to each other takes seconds.
        nodes.forEach(node -> {
            try {
                node.kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(LocalCluster::delete);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{} cannot be removed: {}", directory, e.getMessage());
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
