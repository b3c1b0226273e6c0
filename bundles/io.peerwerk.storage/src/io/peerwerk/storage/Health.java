// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import java.util.Map;
import java.util.Optional;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;

/**
 * Where a stored file lies at this moment.
 *
 * @param root the CID of its manifest
 * @param chunks how many chunks it has
 * @param dataShards how many shards of a chunk are enough
 * @param totalShards how many shards a chunk has when it is whole
 * @param weakest the number of reachable distinct shards of the chunk that has fewest
 * @param reachable the number of reachable distinct shards of all chunks
 * @param total the number of shards that there should be: {@code chunks * totalShards}
 * @param shardsByHolder how many shards each reachable holder has, this peer included
 */
public record Health(Cid root, int chunks, int dataShards, int totalShards, int weakest, long reachable, long total,
        Map<PeerId, Integer> shardsByHolder) {

    /** The map is copied. */
    public Health {
        shardsByHolder = Map.copyOf(shardsByHolder);
    }

    /** Whether the whole file can be read now. */
    public boolean readable() {
        return weakest >= dataShards;
    }

    /** Whether every shard of every chunk is reachable. */
    public boolean complete() {
        return reachable == total;
    }

    /** Where the file is weak: a sentence for the user. */
    public Optional<String> warning() {
        if (!readable()) {
            return Optional.of("only " + weakest + " of the " + dataShards + " shards that are needed can be reached");
        }
        return Durability.warning(shardsByHolder.size(), new PutOptions(dataShards, totalShards));
    }
}
