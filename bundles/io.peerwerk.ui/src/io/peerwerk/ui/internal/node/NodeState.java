// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.node;

import java.nio.file.Path;

import io.peerwerk.node.Node;

/** Where the workbench's own node stands. */
public sealed interface NodeState {
    /** The node module is not loaded, so that nothing can be started. */
    record Absent() implements NodeState {
    }

    /** Not started yet, or stopped by the user. */
    record Stopped() implements NodeState {
    }

    /** On its way up on this home. */
    record Starting(Path home) implements NodeState {
    }

    /** Running; its modules may still come and go. */
    record Running(Node node) implements NodeState {
    }

    /** Could not be started on this home; the reason is a sentence for the user. */
    record Failed(Path home, String reason) implements NodeState {
    }
}
