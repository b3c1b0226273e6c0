// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.peerwerk.core.TokenBucket;
import io.peerwerk.core.identity.PeerId;

/**
 * Who may be reached through this relay and how many circuits there are: decides, and does nothing else. The clock is
 * handed in. Not thread-safe.
 */
final class RelayTable {

    /** What is said to a peer that asks for a reservation; it expires at a time if the status is OK. */
    record Decision(RelayStatus status, Instant expires) {
    }

    private record Held(Instant expires, Origin from) {
    }

    private record Pair(PeerId from, PeerId to) {
    }

    /**
     * What a peer may ask for: so much at once, and so much a second in the long run. Each reservation costs a
     * signature, each circuit a stream to somebody who has not asked for it.
     */
    static final int QUESTIONS = 64;
    private static final double QUESTIONS_PER_SECOND = 2;

    /** Of the circuits of a peer, one other peer can have this part: else it alone would keep all others from it. */
    static final int PARTS = 4;

    private final RelayOptions options;
    private final PeerId self;
    private final InstantSource clock;
    private final Map<PeerId, Held> reservations = new HashMap<>();
    private final Map<PeerId, Integer> circuits = new HashMap<>();
    private final Map<Pair, Integer> pairs = new HashMap<>();
    private final Map<PeerId, TokenBucket> questions = new HashMap<>();
    private int open;

    RelayTable(PeerId self, RelayOptions options, InstantSource clock) {
        this.self = self;
        this.options = options;
        this.clock = clock;
    }

    /** Reserves, or makes the peer's reservation new. */
    Decision reserve(PeerId peer, Origin from) {
        Instant now = clock.instant();
        if (from.relayed() || peer.equals(self)) {
            return new Decision(RelayStatus.PERMISSION_DENIED, now);
        }
        if (asksTooMuch(peer, now)) {
            return new Decision(RelayStatus.RESERVATION_REFUSED, now);
        }
        reservations.values().removeIf(held -> !held.expires().isAfter(now));
        Held before = reservations.remove(peer);
        if (!hasRoom(from)) {
            if (before != null) {
                reservations.put(peer, before);
            }
            return new Decision(RelayStatus.RESERVATION_REFUSED, now);
        }
        Instant expires = now.plus(options.lifetime());
        reservations.put(peer, new Held(expires, from));
        return new Decision(RelayStatus.OK, expires);
    }

    private boolean asksTooMuch(PeerId peer, Instant now) {
        long nanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        return !questions.computeIfAbsent(peer, p -> new TokenBucket(QUESTIONS_PER_SECOND, QUESTIONS, nanos))
                .take(1, nanos);
    }

    private boolean hasRoom(Origin from) {
        return reservations.size() < options.reservations()
                && isBelow(options.perAddress(), Origin::address, from)
                && isBelow(options.perNetwork(), Origin::network, from);
    }

    private boolean isBelow(int limit, Function<Origin, Optional<String>> what, Origin from) {
        Optional<String> value = what.apply(from);
        return value.isEmpty()
                || reservations.values().stream().filter(held -> what.apply(held.from()).equals(value)).count() < limit;
    }

    /** Whether a circuit between two peers may be opened; if OK it counts until {@link #release}. */
    RelayStatus connect(PeerId from, Origin at, PeerId to) {
        if (at.relayed() || to.equals(self) || to.equals(from)) {
            return RelayStatus.PERMISSION_DENIED;
        }
        Instant now = clock.instant();
        if (asksTooMuch(from, now)) {
            return RelayStatus.RESOURCE_LIMIT_EXCEEDED;
        }
        Held held = reservations.get(to);
        if (held == null || !held.expires().isAfter(now)) {
            return RelayStatus.NO_RESERVATION;
        }
        var pair = new Pair(from, to);
        if (open >= options.circuits() || circuits(from) >= options.circuitsPerPeer()
                || circuits(to) >= options.circuitsPerPeer()
                || pairs.getOrDefault(pair, 0) >= Math.ceilDiv(options.circuitsPerPeer(), PARTS)) {
            return RelayStatus.RESOURCE_LIMIT_EXCEEDED;
        }
        open++;
        circuits.merge(from, 1, Integer::sum);
        circuits.merge(to, 1, Integer::sum);
        pairs.merge(pair, 1, Integer::sum);
        return RelayStatus.OK;
    }

    /** A circuit that was allowed is over, or did not come about. */
    void release(PeerId from, PeerId to) {
        open--;
        less(circuits, from);
        less(circuits, to);
        less(pairs, new Pair(from, to));
    }

    private static <K> void less(Map<K, Integer> counts, K key) {
        counts.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
    }

    /** The peer is not connected any more; its reservation ends, and what it has asked is forgotten. */
    void gone(PeerId peer) {
        reservations.remove(peer);
        questions.remove(peer);
    }

    /** Peers whose questions are counted. */
    int asking() {
        return questions.size();
    }

    int reservations() {
        return reservations.size();
    }

    int circuits() {
        return open;
    }

    private int circuits(PeerId peer) {
        return circuits.getOrDefault(peer, 0);
    }
}
