// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node;

import java.io.IOException;

/** Starts the node of this process; an OSGi service. */
public interface NodeLauncher {
    /**
     * Takes the home's lock, loads or creates the identity and hands both identity and configuration to the modules.
     * Returns when the node can be asked; the modules may still be coming up ({@link RunningNode#awaitReady}).
     *
     * @throws IOException in one clear line: the home cannot be written, another node runs on it, or this process runs
     *     a node already
     */
    RunningNode start(NodeSettings settings) throws IOException;
}
