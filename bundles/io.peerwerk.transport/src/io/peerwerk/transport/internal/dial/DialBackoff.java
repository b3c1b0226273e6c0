// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.dial;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.concurrent.locks.ReentrantLock;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;

/**
 * Addresses that did not work are left alone for a while: 5 s after the first failure, and 1 s times the square of the
 * earlier failures more after each other one, 5 minutes at most. What is left alone for as long again is forgotten.
 * Counted for the address together with the peer, so that nobody makes an address of another peer look dead by claiming
 * it.
 *
 * <p>At most {@value #MAX_ENTRIES} addresses are kept; the one that failed longest ago gives way.
 */
public final class DialBackoff {

    static final int MAX_ENTRIES = 4096;

    static final Duration FIRST = Duration.ofSeconds(5);
    static final Duration LONGEST = Duration.ofMinutes(5);

    private record Key(PeerId peer, Multiaddr address) {
    }

    private record Failures(int count, Instant until, Instant forgotten) {
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Key, Failures> failures = new LinkedHashMap<>();
    private final InstantSource clock;

    /** Nothing has failed yet. */
    public DialBackoff(InstantSource clock) {
        this.clock = clock;
    }

    /** A dial has failed; one that an address was given up in favour of another is none. */
    public void failed(PeerId peer, Multiaddr address) {
        var key = new Key(peer, address);
        Instant now = clock.instant();
        lock.lock();
        try {
            Failures before = failures.remove(key);
            int earlier = before == null || !now.isBefore(before.forgotten()) ? 0 : before.count();
            Duration pause = pause(earlier);
            Instant until = now.plus(pause);
            failures.put(key, new Failures(earlier + 1, until, until.plus(pause)));
            if (failures.size() > MAX_ENTRIES) {
                failures.pollFirstEntry();
            }
        } finally {
            lock.unlock();
        }
    }

    private static Duration pause(int earlier) {
        Duration pause = FIRST.plusSeconds(Math.min((long) earlier * earlier, LONGEST.toSeconds()));
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }

    /** A connection with the peer is there: whatever failed is worth a try again. */
    public void worked(PeerId peer) {
        lock.lock();
        try {
            failures.keySet().removeIf(key -> key.peer().equals(peer));
        } finally {
            lock.unlock();
        }
    }

    /** How long an address is still to be left alone; zero if it may be dialled. */
    public Duration pause(PeerId peer, Multiaddr address) {
        Instant now = clock.instant();
        lock.lock();
        try {
            Failures found = failures.get(new Key(peer, address));
            return found == null || !now.isBefore(found.until()) ? Duration.ZERO
                    : Duration.between(now, found.until());
        } finally {
            lock.unlock();
        }
    }

    /** How many addresses are kept. */
    int size() {
        lock.lock();
        try {
            return failures.size();
        } finally {
            lock.unlock();
        }
    }
}
