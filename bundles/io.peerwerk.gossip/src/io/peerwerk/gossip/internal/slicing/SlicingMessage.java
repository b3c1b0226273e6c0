// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.slicing;

/**
 * A request or an answer.
 *
 * @param attribute what the sender is sliced by: the stronger, the higher; zero or more
 * @param random the sender's number of the ordering, from 0 to below 1
 */
public record SlicingMessage(double attribute, double random) {

    /** The highest attribute. */
    public static final double MAX_ATTRIBUTE = 0x1p60;

    public SlicingMessage {
        if (!(attribute >= 0 && attribute <= MAX_ATTRIBUTE) || !(random >= 0 && random < 1)) {
            throw new IllegalArgumentException("attribute " + attribute + ", random " + random);
        }
    }
}
