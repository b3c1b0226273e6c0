// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.aggregation;

/**
 * The result of an epoch.
 *
 * @param epoch the epoch that is over
 * @param size the number of peers, or 0 where no instance counted them
 * @param sizeSpread the standard deviation over the instances
 * @param means of each quantity
 * @param spreads the standard deviation of what the last partners believed the means to be
 */
public record Aggregate(long epoch, double size, double sizeSpread, Values means, Values spreads) {
}
