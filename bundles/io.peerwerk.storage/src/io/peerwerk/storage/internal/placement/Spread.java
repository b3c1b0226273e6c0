// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.placement;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import io.peerwerk.core.identity.PeerId;

/**
 * Spreads the shards of one chunk as evenly as the peers allow. Thread-safe; counts what it gave out.
 */
public final class Spread {

    private final List<PeerId> ranked;
    private final Map<PeerId, Integer> load = new ConcurrentHashMap<>();

    /**
     * @param ranked the peers that may hold shards, best first
     * @param load how many shards of the chunk each has already; peers not in it have none
     */
    public Spread(List<PeerId> ranked, Map<PeerId, Integer> load) {
        this.ranked = List.copyOf(ranked);
        this.load.putAll(load);
    }

    /** The peer for one more shard: least loaded, then first in rank; empty where none may be taken. */
    public Optional<PeerId> next(Predicate<PeerId> allowed) {
        Optional<PeerId> best = ranked.stream().filter(allowed).min(Comparator.comparingInt(this::load));
        best.ifPresent(peer -> load.merge(peer, 1, Integer::sum));
        return best;
    }

    /** The peer did not take a shard after all. */
    public void refused(PeerId peer) {
        load.merge(peer, -1, Integer::sum);
    }

    private int load(PeerId peer) {
        return load.getOrDefault(peer, 0);
    }
}
