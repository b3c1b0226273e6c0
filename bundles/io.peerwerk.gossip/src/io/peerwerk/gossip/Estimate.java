// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip;

import java.time.Duration;
import java.time.Instant;

/**
 * What a peer believes a number of the whole network to be.
 *
 * @param value the number
 * @param spread how far it may be off, in the same unit: for the size the standard deviation of the instances that were
 *         counted, for a mean that of what the last peers believed, for a total both
 * @param epoch the run of the protocol in which it was found; each starts afresh
 * @param at when that run ended
 */
public record Estimate(double value, double spread, long epoch, Instant at) {

    /** How old it is. Never negative, even where the clock was set back. */
    public Duration age(Instant now) {
        Duration age = Duration.between(at, now);
        return age.isNegative() ? Duration.ZERO : age;
    }
}
