// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.newscast;

/**
 * The settings of Newscast. One instance serves any number of peers.
 *
 * @param viewSize neighbours a peer keeps ({@code c}), 2 to {@value #MAX_VIEW}. All of them travel in every message; with
 *         more fewer are cut off when seven tenths of all peers fail at once, see the package description
 * @param periodMillis milliseconds between two exchanges a peer starts; each period costs it two on average
 * @param exchangesTaken exchanges of others that a peer learns from within one period, at most: it answers more, but
 *         takes nothing. The average is 1, and more than 5 come to an honest peer in one period of 1,700
 * @param attempts neighbours that a peer turns to within one period, one after the other, until one answers
 */
public record NewscastOptions(int viewSize, long periodMillis, int exchangesTaken, int attempts) {

    /** The most neighbours; more than 40 are for simulations, {@link NewscastCodec} does not carry them. */
    public static final int MAX_VIEW = 200;

    public NewscastOptions {
        if (viewSize < 2 || viewSize > MAX_VIEW) {
            throw new IllegalArgumentException("view size " + viewSize);
        }
        if (periodMillis < 1 || exchangesTaken < 1 || attempts < 1) {
            throw new IllegalArgumentException("period " + periodMillis + " ms, exchanges taken " + exchangesTaken
                    + ", attempts " + attempts);
        }
    }

    /** 20 neighbours, every so many milliseconds. */
    public static NewscastOptions every(long periodMillis) {
        return new NewscastOptions(20, periodMillis, 5, 3);
    }
}
