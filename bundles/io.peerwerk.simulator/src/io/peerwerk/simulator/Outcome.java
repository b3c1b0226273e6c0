// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator;

import java.time.Duration;
import java.util.List;

/**
 * What a simulation came to.
 *
 * @param complete whether it went to its end; else it was stopped
 * @param rows in the order of time; the last one shows the end
 * @param turns cycles that peers have lived through, all peers together; in events, what has happened
 * @param took time for that on this machine, without observing
 * @param bytesPerPeer memory that was in use for each peer that is up, measured; 0 if it was not asked for
 */
public record Outcome(boolean complete, List<Observation> rows, long turns, Duration took, double bytesPerPeer) {

    public Outcome {
        rows = List.copyOf(rows);
    }

    /** Millions of turns a second. */
    public double millionsPerSecond() {
        return took.isZero() ? 0 : turns * 1e3 / took.toNanos();
    }
}
