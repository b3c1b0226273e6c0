// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.processes;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Some nodes that know each other. */
final class Cluster implements AutoCloseable {
    private final List<TestNode> nodes = new ArrayList<>();

    private Cluster() {
    }

    /** Starts nodes on homes below a directory and waits until each sees all others. */
    static Cluster start(Path directory, int count, String... options) throws IOException {
        var cluster = new Cluster();
        try {
            cluster.nodes.add(TestNode.start(directory.resolve("node1"), options));
            for (int number = 2; number <= count; number++) {
                cluster.nodes.add(TestNode.launch(directory.resolve("node" + number), cluster.joining(options)));
            }
            for (TestNode node : cluster.nodes.subList(1, count)) {
                node.awaitReady();
            }
            for (TestNode node : cluster.nodes) {
                awaitAlive(node, count - 1);
            }
            return cluster;
        } catch (IOException | RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /** The options of a node that joins this cluster. */
    String[] joining(String... options) {
        var all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--bootstrap", nodes.getFirst().address()));
        return all.toArray(String[]::new);
    }

    static void awaitAlive(TestNode node, int others) {
        await(node.home().getFileName() + " sees " + others).atMost(Duration.ofMinutes(2))
                .until(() -> node.alive() == others);
    }

    List<TestNode> nodes() {
        return nodes;
    }

    /** Counted from 1. */
    TestNode node(int number) {
        return nodes.get(number - 1);
    }

    /** Starts a killed node again on its home; it has to find the others by itself. */
    TestNode restart(int number, String... options) throws IOException {
        TestNode node = TestNode.start(node(number).home(), options);
        nodes.set(number - 1, node);
        return node;
    }

    @Override
    public void close() {
        nodes.forEach(TestNode::close);
    }
}
