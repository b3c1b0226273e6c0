// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a peer believes in the midst of an epoch, to be looked at rather than to be relied on: at the beginning the means
 * are its own values, and with each exchange they come nearer to those of all. Nothing in it is checked against what
 * others say of themselves, as an {@link Estimate} is.
 *
 * @param epoch that is under way
 * @param cycle how many cycles of it are over
 * @param cycles how many it has
 * @param size the number of peers; nothing before this peer has heard of a count
 * @param means of every quantity
 */
public record Convergence(long epoch, int cycle, int cycles, OptionalDouble size, Map<Quantity, Double> means) {
    public Convergence {
        means = Map.copyOf(means);
    }
}
