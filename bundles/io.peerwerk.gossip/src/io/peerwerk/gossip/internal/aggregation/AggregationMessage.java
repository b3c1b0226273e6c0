// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.aggregation;

import org.jspecify.annotations.Nullable;

/**
 * A request or an answer.
 *
 * @param epoch the sender's epoch, or 0 while it knows none
 * @param leftMillis until the epoch is over
 * @param share what the sender brings into the exchange, or null where it takes no part
 */
public record AggregationMessage(long epoch, long leftMillis, @Nullable Share share) {

    /** The highest epoch there is; it would last for longer than the sun. */
    public static final long MAX_EPOCH = 1L << 48;

    /** The longest time that an epoch is said to last, in milliseconds: a week. */
    public static final long MAX_LEFT = 7L * 24 * 60 * 60 * 1000;

    /** Instances in a message, at most, whatever the sender's settings. */
    public static final int MAX_INSTANCES = 128;

    public AggregationMessage {
        if (epoch < 0 || epoch > MAX_EPOCH || leftMillis < 0 || leftMillis > MAX_LEFT) {
            throw new IllegalArgumentException("epoch " + epoch + ", " + leftMillis + " ms left");
        }
    }

    /**
     * One side of an exchange.
     *
     * @param means the sender's estimates
     * @param own the sender's own values
     * @param counts the instances that count the peers
     */
    public record Share(Values means, Values own, Counts counts) {

        public Share {
            if (counts.size() > MAX_INSTANCES) {
                throw new IllegalArgumentException(counts.size() + " instances");
            }
        }
    }
}
