// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

import java.time.Duration;

/**
 * How blocks are sought.
 *
 * @param asked       peers that are asked at the same time whether they have one block
 * @param window      blocks that one peer is asked to send at the same time; times the size of a block it is what can
 *                    arrive at once
 * @param wantsAtPeer wants that one peer is told at the same time; fewer than others keep of us
 * @param patience    how long a peer that was asked for a block may send none of those it was asked for, before others
 *                    are asked as well
 * @param again       how long after all were asked they are asked once more; each time doubled, up to sixteen times
 * @param recent      blocks that are remembered as come, so that one that comes twice is no offence
 * @param tolerance   blocks nobody asked for that a peer may send, more than it sends of those that were asked for
 */
public record SessionOptions(int asked, int window, int wantsAtPeer, Duration patience, Duration again, int recent,
        int tolerance) {

    /** Standard: with blocks of 256 KiB there are 8 MiB on the way from each peer. */
    public static SessionOptions standard() {
        return new SessionOptions(64, 32, 1000, Duration.ofSeconds(5), Duration.ofSeconds(10), 4096, 256);
    }
}
