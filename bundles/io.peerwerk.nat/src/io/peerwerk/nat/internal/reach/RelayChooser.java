// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.reach;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.nat.Reach;

/**
 * Through which relays this peer is reached. Pure: it is told what is known and what has come of its wishes. Not
 * thread-safe.
 *
 * <p>While the peer is private it wants some relays; of those there are it takes the one with the shortest round trip,
 * on another network than those it has if there is one, so that no single failure cuts it off. One that refuses, or that
 * was lost, rests before it is asked again. While nothing is known it keeps what it has.
 */
final class RelayChooser {

    /** How long a relay rests after it has refused for the first time; doubled with each time after. */
    static final Duration FIRST_REST = Duration.ofMinutes(2);

    static final Duration LONGEST_REST = Duration.ofHours(2);

    /** Relays whose refusals are remembered; those that have rested longest are forgotten first. */
    private static final int MAX_RESTING = 256;

    /**
     * A peer that relays and is connected.
     *
     * @param address   where others reach it, without {@code /p2p}
     * @param network   what stands for its network
     * @param roundTrip to it
     */
    record Relay(PeerId peer, Multiaddr address, String network, Duration roundTrip) {
    }

    /** What is to be done. */
    sealed interface Action {

        /** Listen through a relay. */
        record Listen(Relay relay) implements Action {
        }

        /** Be reached through it no longer. */
        record Drop(PeerId relay) implements Action {
        }
    }

    private record Rest(int times, Instant until) {
    }

    private final int wanted;
    private final Map<PeerId, Relay> used = new LinkedHashMap<>();
    private final Map<PeerId, Rest> resting = new LinkedHashMap<>();

    /** @param wanted how many relays to be reached through */
    RelayChooser(int wanted) {
        this.wanted = wanted;
    }

    /** What is to be done next, one at a time; nothing if all is well, or none of the relays will do. */
    Optional<Action> next(Reach reach, List<Relay> relays, Instant now) {
        if (reach == Reach.PUBLIC) {
            return used.keySet().stream().findFirst().map(Action.Drop::new);
        }
        if (reach == Reach.UNKNOWN || used.size() >= wanted) {
            return Optional.empty();
        }
        Set<String> networks = new HashSet<>();
        used.values().forEach(relay -> networks.add(relay.network()));
        return relays.stream().filter(relay -> !used.containsKey(relay.peer()) && hasRested(relay.peer(), now))
                .min(Comparator.comparing((Relay relay) -> networks.contains(relay.network()))
                        .thenComparing(Relay::roundTrip))
                .map(Action.Listen::new);
    }

    /** A relay has agreed. */
    void listening(Relay relay) {
        used.put(relay.peer(), relay);
    }

    /** A relay has refused, or is lost: it rests, and another takes its place. */
    void failed(PeerId relay, Instant now) {
        used.remove(relay);
        int times = Optional.ofNullable(resting.remove(relay)).map(Rest::times).orElse(0);
        Duration rest = FIRST_REST.multipliedBy(1L << Math.min(times, 6));
        resting.put(relay, new Rest(times + 1, now.plus(rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST)));
        if (resting.size() > MAX_RESTING) {
            resting.remove(resting.keySet().iterator().next());
        }
    }

    /** A relay is given back. */
    void dropped(PeerId relay) {
        used.remove(relay);
    }

    /** The relays that this peer is reached through. */
    Map<PeerId, Relay> used() {
        return new HashMap<>(used);
    }

    private boolean hasRested(PeerId relay, Instant now) {
        Rest rest = resting.get(relay);
        return rest == null || !rest.until().isAfter(now);
    }
}
