// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.runtime;

import java.io.IOException;

import io.peerwerk.core.TokenBucket;
import io.peerwerk.core.TokenBuckets;
import io.peerwerk.core.identity.PeerId;

/**
 * How long each question has to wait for its turn. A peer has a rate of its own, all have one together; but a few
 * questions of each peer do not count among those of all, so that nobody waits for what others ask in masses. Times are
 * nanoseconds of any origin. Thread-safe.
 */
final class Admission {

    /** Questions of one peer at once, and each second in the long run: one that joins asks for itself and its buckets. */
    static final int PEER_BURST = 200;
    static final int PEER_PER_SECOND = 20;
    /** The same of all peers together: a signature is checked for some, a table searched for each. */
    static final int ALL_BURST = 2_000;
    static final int ALL_PER_SECOND = 500;
    /** Those of a peer that are not counted among all. */
    static final int SHARE_BURST = 20;
    static final int SHARE_PER_SECOND = 1;
    /** Peers whose questions are counted; those heard least recently give way. */
    private static final int MAX_COUNTED = 2_048;

    private final long longest;
    private final TokenBucket all;
    private final TokenBuckets<PeerId> peers = new TokenBuckets<>(PEER_PER_SECOND, PEER_BURST, MAX_COUNTED);
    private final TokenBuckets<PeerId> shares = new TokenBuckets<>(SHARE_PER_SECOND, SHARE_BURST, MAX_COUNTED);

    /** @param longest the longest wait in nanoseconds */
    Admission(long longest, long now) {
        this.longest = longest;
        this.all = new TokenBucket(ALL_PER_SECOND, ALL_BURST, now);
    }

    /**
     * A peer asks something.
     *
     * @return the time until it is its turn, in nanoseconds; zero if that is now
     * @throws IOException if that would be too long; the question does not count then
     */
    synchronized long delay(PeerId peer, long now) throws IOException {
        TokenBucket own = peers.of(peer, now);
        TokenBucket share = shares.of(peer, now);
        long turn = own.delay(now);
        boolean free = turn == 0 && share.take(1, now);
        long delay = free ? 0 : Math.max(turn, all.delay(now));
        if (delay > longest) {
            throw new IOException("too many questions");
        }
        own.spend(1, now);
        if (!free) {
            all.spend(1, now);
        }
        return delay;
    }
}
