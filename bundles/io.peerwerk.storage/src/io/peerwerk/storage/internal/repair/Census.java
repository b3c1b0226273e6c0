// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.repair;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.Health;
import io.peerwerk.storage.PutOptions;
import io.peerwerk.storage.internal.manifest.Manifest;
import io.peerwerk.storage.internal.transfer.FileReader;
import io.peerwerk.storage.internal.transfer.ShardMap;

/** Counts the reachable shards of a file. */
public final class Census {

    private Census() {
    }

    /** Asks about every chunk; blocks. */
    public static Health take(Cid root, Manifest manifest, FileReader reader) throws IOException {
        PutOptions shards = manifest.shards();
        int weakest = shards.totalShards();
        long reachable = 0;
        Map<PeerId, Integer> byHolder = new HashMap<>();
        long chunk = 0;
        while (chunk < manifest.chunks()) {
            ShardMap map = reader.map(chunk);
            for (int i = 0; i < map.chunks(); i++) {
                int count = map.reachable(map.firstChunk() + i).cardinality();
                weakest = Math.min(weakest, count);
                reachable += count;
            }
            map.load().forEach((peer, count) -> byHolder.merge(peer, count, Integer::sum));
            chunk = map.firstChunk() + map.chunks();
        }
        byHolder.values().removeIf(count -> count == 0);
        int chunks = (int) Math.min(Integer.MAX_VALUE, manifest.chunks());
        return new Health(root, chunks, shards.dataShards(), shards.totalShards(), weakest, reachable,
                manifest.chunks() * shards.totalShards(), byHolder);
    }
}
