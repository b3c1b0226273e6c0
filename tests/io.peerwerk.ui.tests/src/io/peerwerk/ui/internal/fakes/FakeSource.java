// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.fakes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.peerwerk.core.Registration;
import io.peerwerk.ui.internal.node.NodeSource;
import io.peerwerk.ui.internal.node.NodeState;

/** The node's state as the test says. */
public final class FakeSource implements NodeSource {
    private final List<Consumer<NodeState>> listeners = new ArrayList<>();
    private NodeState state;

    public FakeSource(NodeState state) {
        this.state = state;
    }

    public static FakeSource running(FakeNode node) {
        return new FakeSource(new NodeState.Running(node));
    }

    public void become(NodeState next) {
        state = next;
        List.copyOf(listeners).forEach(l -> l.accept(next));
    }

    public int listening() {
        return listeners.size();
    }

    @Override
    public NodeState state() {
        return state;
    }

    @Override
    public Registration listen(Consumer<NodeState> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
