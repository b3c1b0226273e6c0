// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.cyclon;

/**
 * The settings of Cyclon. One instance serves any number of peers.
 *
 * @param viewSize neighbours a peer keeps ({@code c}). More survive larger failures and cost memory; at 20 the overlay
 *         stays in one piece when two thirds of all peers fail at once
 * @param shuffleLength entries a shuffle swaps ({@code l}), 1 to viewSize. More mix faster and cost bytes
 * @param periodMillis milliseconds between two shuffles a peer starts. Shorter means faster mixing and healing, and
 *         more traffic; each period costs a peer two exchanges on average, one of its own and one of another peer
 * @param shufflesTaken shuffles of others a peer takes part in within one period, at most. The average is 1, and more
 *         than 5 come to an honest peer in one period of 1,700
 * @param recallSize peers remembered for good out of all ever heard of, as a remedy against peers that push themselves
 *         into every view; 0 for none. Each costs the bytes of a reference
 * @param recallEvery every so many rounds the partner is one of those, not the oldest neighbour; 0 for never. Lower
 *         resists attackers better and is slower to forget peers that are gone: with a tenth of attackers that push as
 *         hard as they can, never lets them have every place of all views, 4 leaves them three quarters, 2 a good half,
 *         while half of all peers failing at once is forgotten after 34, 38 and 46 rounds
 */
public record CyclonOptions(int viewSize, int shuffleLength, long periodMillis, int shufflesTaken, int recallSize,
        int recallEvery) {

    /** Entries in a message on the wire, at most, whatever the sender's settings. */
    public static final int MAX_ENTRIES = 32;

    public CyclonOptions {
        if (shuffleLength < 1 || shuffleLength > viewSize || shuffleLength > MAX_ENTRIES) {
            throw new IllegalArgumentException("shuffle length " + shuffleLength + " of view size " + viewSize);
        }
        if (periodMillis < 1 || shufflesTaken < 1) {
            throw new IllegalArgumentException("period " + periodMillis + " ms, shuffles taken " + shufflesTaken);
        }
        if (recallSize < 0 || recallEvery < 0) {
            throw new IllegalArgumentException("recall " + recallSize + " every " + recallEvery);
        }
    }

    /** 20 neighbours, 8 of them swapped, every so many milliseconds. */
    public static CyclonOptions every(long periodMillis) {
        return new CyclonOptions(20, 8, periodMillis, 5, 8, 2);
    }
}
