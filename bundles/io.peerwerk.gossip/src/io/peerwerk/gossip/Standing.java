// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip;

/**
 * Where this peer stands among all.
 *
 * @param position the share of the peers that are weaker: near 0 for the weakest, near 1 for the strongest
 * @param error the standard error of the position
 * @param seen the different peers that it rests on
 */
public record Standing(double position, double error, int seen) {
}
