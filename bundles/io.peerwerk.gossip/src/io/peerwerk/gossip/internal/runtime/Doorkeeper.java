// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.runtime;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import io.peerwerk.core.TokenBucket;
import io.peerwerk.core.TokenBuckets;
import io.peerwerk.core.identity.PeerId;

/**
 * Lets in so many messages of each peer, and of all strangers together, and turns away the rest before anything is read
 * from them. An honest peer sends at most a dozen a period, and that only to its one neighbour. Thread-safe.
 */
final class Doorkeeper {

    static final int MESSAGES_PER_PERIOD = 20;
    static final int BURST = 60;

    /** Of all peers that are not members, together. Their first message makes them members. */
    static final int STRANGERS_PER_PERIOD = 40;
    static final int STRANGERS_BURST = 200;

    /** Peers whose messages are counted; those heard least recently give way. */
    private static final int MAX_COUNTED = 4096;

    private final InstantSource clock;
    private final Predicate<PeerId> isMember;
    private final TokenBucket strangers;
    private final TokenBuckets<PeerId> peers;
    private final ReentrantLock lock = new ReentrantLock();

    Doorkeeper(InstantSource clock, Duration period, Predicate<PeerId> isMember) {
        this.clock = clock;
        this.isMember = isMember;
        double periodsPerSecond = 1000.0 / period.toMillis();
        this.peers = new TokenBuckets<>(MESSAGES_PER_PERIOD * periodsPerSecond, BURST, MAX_COUNTED);
        this.strangers = new TokenBucket(STRANGERS_PER_PERIOD * periodsPerSecond, STRANGERS_BURST, now());
    }

    boolean admits(PeerId peer) {
        lock.lock();
        try {
            long now = now();
            return peers.of(peer, now).take(1, now)
                    && (isMember.test(peer) || strangers.take(1, now));
        } finally {
            lock.unlock();
        }
    }

    private long now() {
        return TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }
}
