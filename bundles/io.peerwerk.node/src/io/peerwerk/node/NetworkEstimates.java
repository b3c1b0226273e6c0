// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node;

import io.peerwerk.gossip.Aggregates;
import io.peerwerk.gossip.Estimate;
import io.peerwerk.gossip.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * What gossip has found out about the whole network; null is what it has not, which is so until a first epoch of the
 * aggregation is over.
 *
 * @param peers how many there are
 * @param offered bytes that all of them offer
 * @param free bytes of that which are not used
 * @param load tasks for each processor, in the mean
 */
public record NetworkEstimates(@Nullable Estimate peers, @Nullable Estimate offered, @Nullable Estimate free,
        @Nullable Estimate load) {
    /** Nothing is known. */
    public static final NetworkEstimates NONE = new NetworkEstimates(null, null, null, null);

    /** What is known now. */
    public static NetworkEstimates of(Aggregates aggregates) {
        return new NetworkEstimates(aggregates.size().orElse(null), aggregates.total(Quantity.OFFER).orElse(null),
                aggregates.total(Quantity.FREE).orElse(null), aggregates.mean(Quantity.LOAD).orElse(null));
    }
}
