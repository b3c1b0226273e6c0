// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node;

import java.io.IOException;
import java.time.Duration;

/** A started node. Thread-safe. */
public interface RunningNode extends AutoCloseable {
    /** The facade; usable until {@link #close()}. */
    Node node();

    /**
     * Waits until every module is there and the node listens.
     *
     * @throws IOException when that takes longer than {@code limit}; the message names what is missing
     * @throws InterruptedException when the waiting thread is interrupted
     */
    void awaitReady(Duration limit) throws IOException, InterruptedException;

    /** Leaves the network, takes identity and configurations back and frees the home. Idempotent. */
    @Override
    void close();
}
