// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

/**
 * What came, so far.
 *
 * @param delivered  blocks that were wanted
 * @param duplicates blocks that had come already, from another peer
 * @param unasked    blocks and answers about blocks that nobody wanted, wrong bytes included
 * @param unchecked  blocks that were too large, or whose hash cannot be computed
 * @param timeouts   times that a peer did not send what it was asked for
 */
public record SessionFigures(long delivered, long duplicates, long unasked, long unchecked, long timeouts) {

    static final SessionFigures NONE = new SessionFigures(0, 0, 0, 0, 0);

    SessionFigures plus(long deliveredMore, long duplicatesMore, long unaskedMore, long uncheckedMore) {
        return new SessionFigures(delivered + deliveredMore, duplicates + duplicatesMore, unasked + unaskedMore,
                unchecked + uncheckedMore, timeouts);
    }

    SessionFigures timedOut() {
        return new SessionFigures(delivered, duplicates, unasked, unchecked, timeouts + 1);
    }
}
