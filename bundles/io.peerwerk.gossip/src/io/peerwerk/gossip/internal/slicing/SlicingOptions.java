// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.slicing;

/**
 * The settings of slicing. One instance serves any number of peers.
 *
 * @param periodMillis milliseconds between two exchanges that a peer starts
 * @param window different peers whose attributes the ranking remembers, at most. With n of them a position is off by
 *         0.5/√n or less; each costs about a hundred bytes
 * @param expiry cycles after which a peer that was not met again is forgotten
 */
public record SlicingOptions(long periodMillis, int window, int expiry) {

    public SlicingOptions {
        if (periodMillis < 1 || window < 1 || expiry < 1) {
            throw new IllegalArgumentException("window " + window + " of " + expiry + " cycles, " + periodMillis + " ms");
        }
    }

    /** A thousand peers of the last ten thousand cycles, with an exchange every so many milliseconds. */
    public static SlicingOptions every(long periodMillis) {
        return new SlicingOptions(periodMillis, 1024, 10_000);
    }
}
