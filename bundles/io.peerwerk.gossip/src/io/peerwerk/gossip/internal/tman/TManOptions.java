// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.tman;

/**
 * The settings of T-Man. One instance serves any number of peers.
 *
 * @param viewSize neighbours a peer keeps. The paper keeps all that were ever named; fewer cost less memory, until those
 *         that find their place late ask peers whose views have shrunk to their own surroundings, and get nearer by half
 *         a view a cycle instead of by half the way. A ring of 16,384 is perfect after 18 cycles with 64, after 11 with
 *         128, and with 256 no sooner
 * @param messageSize nodes in a message ({@code m}). More need fewer cycles
 * @param partners the partner is any of so many best neighbours ({@code ψ}). Few find the last wanted neighbours
 *         sooner; one alone would be asked again and again
 * @param periodMillis milliseconds between two exchanges that a peer starts
 * @param tombstones peers that did not answer and are not taken again, at most; the oldest give way
 * @param exploreEvery every so many cycles the partner is a random peer; 0 for never. Coordinates need it, for from
 *         measuring the nearest peers alone nobody learns where it is
 */
public record TManOptions(int viewSize, int messageSize, int partners, long periodMillis, int tombstones,
        int exploreEvery) {

    /** Nodes in a message on the wire, at most, whatever the sender's settings. */
    public static final int MAX_NODES = 32;

    public TManOptions {
        if (viewSize < 2 || messageSize < 1 || messageSize > MAX_NODES || partners < 1 || periodMillis < 1
                || tombstones < 0 || exploreEvery < 0) {
            throw new IllegalArgumentException("view " + viewSize + ", message " + messageSize + ", partners "
                    + partners + " every " + periodMillis + " ms, tombstones " + tombstones);
        }
    }

    /** 128 neighbours; messages of 20, as in the paper; one of the 10 best is asked every so many milliseconds. */
    public static TManOptions every(long periodMillis) {
        return new TManOptions(128, 20, 10, periodMillis, 32, 0);
    }

    public TManOptions withViewSize(int other) {
        return new TManOptions(other, messageSize, partners, periodMillis, tombstones, exploreEvery);
    }

    public TManOptions exploringEvery(int cycles) {
        return new TManOptions(viewSize, messageSize, partners, periodMillis, tombstones, cycles);
    }
}
