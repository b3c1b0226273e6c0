// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.runtime;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import io.peerwerk.core.TokenBucket;
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
    private final double periodsPerSecond;
    private final TokenBucket strangers;
    private final Map<PeerId, TokenBucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PeerId, TokenBucket> eldest) {
            return size() > MAX_COUNTED;
        }
    };
    private final ReentrantLock lock = new ReentrantLock();

    Doorkeeper(InstantSource clock, Duration period, Predicate<PeerId> isMember) {
        this.clock = clock;
        this.isMember = isMember;
        this.periodsPerSecond = 1000.0 / period.toMillis();
        this.strangers = new TokenBucket(STRANGERS_PER_PERIOD * periodsPerSecond, STRANGERS_BURST, now());
    }

    boolean admits(PeerId peer) {
        lock.lock();
        try {
            long now = now();
            return buckets.computeIfAbsent(peer, p -> bucket(now)).take(1, now)
                    && (isMember.test(peer) || strangers.take(1, now));
        } finally {
            lock.unlock();
        }
    }

    private long now() {
        return TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    private TokenBucket bucket(long now) {
        return new TokenBucket(MESSAGES_PER_PERIOD * periodsPerSecond, BURST, now);
    }
}
