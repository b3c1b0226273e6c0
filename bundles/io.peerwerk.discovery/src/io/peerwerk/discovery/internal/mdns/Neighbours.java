// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.mdns;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.peerwerk.core.TokenBucket;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;

/**
 * The peers that were heard of on the local network. Says of each sighting whether something should be done about it:
 * when the peer is new, or has moved, or when it was of no use some time ago and is still said to be there. Only so
 * many a minute are worth it, however many are made up, and only so many are kept; those heard of least recently give
 * way.
 *
 * <p>Times are milliseconds of any clock that only goes forward. Not thread-safe.
 */
public final class Neighbours {

    /** Peers that are kept: a big office; each costs a few hundred bytes. */
    static final int MAX_PEERS = 256;

    /** Peers that are worth something at once: a usual home or office that is found at the start. */
    static final int BURST = 32;

    /** Milliseconds after which one more is. */
    static final long EVERY = 2_000;

    static final long FIRST_RETRY = Duration.ofMinutes(1).toMillis();
    static final long LAST_RETRY = Duration.ofMinutes(16).toMillis();

    private final LinkedHashMap<PeerId, Neighbour> peers = new LinkedHashMap<>(16, 0.75f, true);
    private final TokenBucket bucket;

    private static final class Neighbour {

        private List<Multiaddr> addresses = List.of();
        private long again;
        private long pause = FIRST_RETRY;
    }

    public Neighbours(long now) {
        this.bucket = new TokenBucket(1000.0 / EVERY, BURST, nanos(now));
    }

    /** Whether the peer should be remembered and perhaps dialled, now that it was heard of. */
    public boolean heard(Sighting sighting, long now) {
        if (sighting.addresses().isEmpty()) {
            peers.remove(sighting.peer());
            return false;
        }
        Neighbour known = peers.get(sighting.peer());
        boolean moved = known == null || !known.addresses.containsAll(sighting.addresses());
        if (!moved && now < known.again || !bucket.take(1, nanos(now))) {
            return false;
        }
        Neighbour neighbour = known == null ? new Neighbour() : known;
        neighbour.addresses = sighting.addresses();
        neighbour.again = now + neighbour.pause;
        neighbour.pause = Math.min(2 * neighbour.pause, LAST_RETRY);
        keep(sighting.peer(), neighbour);
        return true;
    }

    private void keep(PeerId peer, Neighbour neighbour) {
        peers.put(peer, neighbour);
        if (peers.size() > MAX_PEERS) {
            Map.Entry<PeerId, Neighbour> eldest = peers.entrySet().iterator().next();
            peers.remove(eldest.getKey());
        }
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** How many are kept. */
    int size() {
        return peers.size();
    }
}
