// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip;

/**
 * What the peers of a network find the mean and the total of. Each peer has one value of each, of a known range; what
 * lies outside is never sent and never believed.
 */
public enum Quantity {
    /** Bytes of storage that a peer offers to others, up to a pebibyte. */
    OFFER(0x1p50),
    /** Bytes of its offer that are not used yet, up to a pebibyte. */
    FREE(0x1p50),
    /** Tasks that wait for or use a processor, divided by the processors, up to 64. */
    LOAD(64);

    private final double max;

    Quantity(double max) {
        this.max = max;
    }

    /** The highest value that a peer can have; the lowest is zero. */
    public double max() {
        return max;
    }

    /** Whether a value is a number from zero to {@link #max}. */
    public boolean admits(double value) {
        return value >= 0 && value <= max; // both are false for what is not a number
    }
}
