// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.transport;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;

/**
 * What moving bytes has cost.
 *
 * @param mbPerSecond   millions of bytes a second, one way
 * @param nanosPerByte  processor time of both ends together, in nanoseconds a byte
 */
record Cost(double mbPerSecond, double nanosPerByte) {

    static Cost of(long bytes, Duration elapsed, Duration processor) {
        return new Cost(bytes / 1e6 / (elapsed.toNanos() / 1e9), (double) processor.toNanos() / bytes);
    }

    /** The one of several that lies in the middle by its processor time. */
    static Cost median(Cost[] costs) {
        Cost[] sorted = costs.clone();
        Arrays.sort(sorted, Comparator.comparingDouble(Cost::nanosPerByte));
        return sorted[sorted.length / 2];
    }
}
