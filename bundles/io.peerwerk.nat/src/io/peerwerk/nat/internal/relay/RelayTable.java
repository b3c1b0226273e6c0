// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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

    private final RelayOptions options;
    private final PeerId self;
    private final InstantSource clock;
    private final Map<PeerId, Held> reservations = new HashMap<>();
    private final Map<PeerId, Integer> circuits = new HashMap<>();
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
        Held held = reservations.get(to);
        if (held == null || !held.expires().isAfter(clock.instant())) {
            return RelayStatus.NO_RESERVATION;
        }
        if (open >= options.circuits() || circuits(from) >= options.circuitsPerPeer()
                || circuits(to) >= options.circuitsPerPeer()) {
            return RelayStatus.RESOURCE_LIMIT_EXCEEDED;
        }
        open++;
        circuits.merge(from, 1, Integer::sum);
        circuits.merge(to, 1, Integer::sum);
        return RelayStatus.OK;
    }

    /** A circuit that was allowed is over, or did not come about. */
    void release(PeerId from, PeerId to) {
        open--;
        circuits.computeIfPresent(from, (peer, count) -> count == 1 ? null : count - 1);
        circuits.computeIfPresent(to, (peer, count) -> count == 1 ? null : count - 1);
    }

    /** The peer is not connected any more; its reservation ends. */
    void gone(PeerId peer) {
        reservations.remove(peer);
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
