// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.peerwerk.core.identity.PeerId;

/** Who says to have which shards of a run of chunks. */
public final class ShardMap {

    private final long firstChunk;
    private final int chunks;
    private final int shards;
    private final Map<PeerId, BitSet> holders;

    /** @param holders for each peer the shards it has, counted through from the first shard of the first chunk */
    ShardMap(long firstChunk, int chunks, int shards, Map<PeerId, BitSet> holders) {
        this.firstChunk = firstChunk;
        this.chunks = chunks;
        this.shards = shards;
        this.holders = holders;
    }

    /** The first chunk. */
    public long firstChunk() {
        return firstChunk;
    }

    /** How many chunks. */
    public int chunks() {
        return chunks;
    }

    /** The peers that have this shard. */
    List<PeerId> holders(long chunk, int shard) {
        List<PeerId> found = new ArrayList<>();
        holders.forEach((peer, has) -> {
            if (has.get(at(chunk, shard))) {
                found.add(peer);
            }
        });
        return found;
    }

    /** Which shards of the chunk anybody has. */
    public BitSet reachable(long chunk) {
        BitSet any = new BitSet();
        for (BitSet has : holders.values()) {
            any.or(has.get(at(chunk, 0), at(chunk, shards)));
        }
        return any;
    }

    /** How many shards of the chunk each peer has. */
    public Map<PeerId, Integer> load(long chunk) {
        Map<PeerId, Integer> load = new HashMap<>();
        holders.forEach((peer, has) -> load.put(peer, has.get(at(chunk, 0), at(chunk, shards)).cardinality()));
        return load;
    }

    /** How many shards of the whole run each peer has. */
    public Map<PeerId, Integer> load() {
        Map<PeerId, Integer> load = new HashMap<>();
        holders.forEach((peer, has) -> load.put(peer, has.cardinality()));
        return load;
    }

    private int at(long chunk, int shard) {
        return (int) (chunk - firstChunk) * shards + shard;
    }
}
