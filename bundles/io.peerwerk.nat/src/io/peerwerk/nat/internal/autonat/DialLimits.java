// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.autonat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import io.peerwerk.core.identity.PeerId;

/**
 * How often this peer dials on the request of others: so many times in any minute for all, for each, and for addresses
 * that are not the asking peer's own; and so many at a time for each. Memory is bounded by the limit for all.
 * Thread-safe.
 */
public final class DialLimits {

    /**
     * @param all     requests a minute, of all peers; each costs this peer one handshake
     * @param each    requests a minute of one peer
     * @param foreign requests a minute that go to another IP address than the asking peer's
     * @param at      requests of one peer under way at a time
     */
    public record Rates(int all, int each, int foreign, int at) {

        /** As in go-libp2p: one a second for all, one every five seconds for each. */
        public static final Rates STANDARD = new Rates(60, 12, 12, 2);
    }

    private record Served(PeerId peer, Instant at) {
    }

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Rates rates;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Served> served = new ArrayDeque<>();
    private final Deque<Instant> foreign = new ArrayDeque<>();
    private final Map<PeerId, Integer> perPeer = new HashMap<>();
    private final Map<PeerId, Integer> underWay = new HashMap<>();

    DialLimits(Rates rates) {
        this.rates = rates;
    }

    /** Takes a request, which {@link #end} ends; false if it is one too many. */
    boolean begin(PeerId peer, Instant now) {
        lock.lock();
        try {
            forget(now);
            if (served.size() >= rates.all() || perPeer.getOrDefault(peer, 0) >= rates.each()
                    || underWay.getOrDefault(peer, 0) >= rates.at()) {
                return false;
            }
            served.add(new Served(peer, now));
            perPeer.merge(peer, 1, Integer::sum);
            underWay.merge(peer, 1, Integer::sum);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a request that was taken may go to an IP address that is not the asking peer's. */
    boolean foreign(Instant now) {
        lock.lock();
        try {
            forget(now);
            if (foreign.size() >= rates.foreign()) {
                return false;
            }
            foreign.add(now);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** A request that was taken is over. */
    void end(PeerId peer) {
        lock.lock();
        try {
            underWay.computeIfPresent(peer, (id, count) -> count == 1 ? null : count - 1);
        } finally {
            lock.unlock();
        }
    }

    private void forget(Instant now) {
        Instant before = now.minus(WINDOW);
        while (!served.isEmpty() && !served.getFirst().at().isAfter(before)) {
            perPeer.computeIfPresent(served.removeFirst().peer(), (id, count) -> count == 1 ? null : count - 1);
        }
        while (!foreign.isEmpty() && !foreign.getFirst().isAfter(before)) {
            foreign.removeFirst();
        }
    }
}
