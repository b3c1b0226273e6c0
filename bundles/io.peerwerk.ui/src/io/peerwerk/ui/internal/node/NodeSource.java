// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.node;

import java.util.Optional;
import java.util.function.Consumer;

import io.peerwerk.core.Registration;
import io.peerwerk.node.Node;

/** Where presenters and commands find the node of the moment. Thread-safe. */
public interface NodeSource {
    /** The state of this moment. */
    NodeState state();

    /** Tells the listener of every new state from now on; on any thread, in order, and it must return soon. */
    Registration listen(Consumer<NodeState> listener);

    /** The node, if it runs. */
    default Optional<Node> node() {
        return state() instanceof NodeState.Running running ? Optional.of(running.node()) : Optional.empty();
    }
}
