// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.launch;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.peerwerk.core.multiformats.Component;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.node.Node;
import io.peerwerk.node.NodeModule;
import io.peerwerk.node.NodeStatus;
import io.peerwerk.node.RunningNode;

/** A node that was started here, with all that has to be taken back at its end. */
final class StartedNode implements RunningNode {
    private static final Duration ADDRESSES_LIMIT = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final Node node;
    private final Undo steps;
    private final Consumer<StartedNode> ended;

    /** @param ended is told when the node's owner has closed it */
    StartedNode(Node node, Undo steps, Consumer<StartedNode> ended) {
        this.node = node;
        this.steps = steps;
        this.ended = ended;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void awaitReady(Duration limit) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        List<String> missing = missing();
        while (!missing.isEmpty()) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("the node is not ready after " + limit.toSeconds() + " s: "
                        + String.join(", ", missing));
            }
            Thread.sleep(LOOK_EVERY);
            missing = missing();
        }
        awaitAddresses(System.nanoTime() + ADDRESSES_LIMIT.toNanos());
    }

    /** Transports come one after the other, and one that this machine does not have never comes. */
    private void awaitAddresses(long end) throws InterruptedException {
        while (!listensAsWanted() && System.nanoTime() - end < 0) {
            Thread.sleep(LOOK_EVERY);
        }
    }

    private boolean listensAsWanted() {
        NodeStatus status = node.status();
        Set<List<Protocol>> ways = status.addresses().stream().map(StartedNode::way).collect(Collectors.toSet());
        return node.settings().listen().stream().allMatch(
                wanted -> ways.contains(way(wanted)) || status.network().refused().containsKey(wanted));
    }

    /** What is spoken at an address, wherever it is: an interface without IPv6 has no address of it to show. */
    private static List<Protocol> way(Multiaddr address) {
        return address.components().stream().skip(1).map(Component::protocol).toList();
    }

    private List<String> missing() {
        NodeStatus status = node.status();
        var missing = new ArrayList<String>();
        for (NodeModule module : NodeModule.values()) {
            if (!status.modules().contains(module)) {
                missing.add("the " + module.label() + " module is not loaded");
            }
        }
        if (missing.isEmpty() && status.addresses().isEmpty()) {
            missing.add("it cannot listen on " + node.settings().listen());
        }
        return missing;
    }

    @Override
    public void close() {
        steps.close();
        ended.accept(this);
    }
}
