// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.internal.erasure.Shard;
import io.peerwerk.storage.internal.manifest.Manifest;
import io.peerwerk.storage.internal.manifest.ShardTable;
import org.jspecify.annotations.Nullable;

/**
 * Gets any k shards of one chunk. This peer's own come first, then data shards (they need no decoding) from the holders
 * with the least to do; whoever fails, lies or hesitates is replaced. Used once, by one thread.
 */
final class ChunkFetch {

    /** How many tasks more a holder of a data shard may have than one of a parity shard and still be preferred. */
    private static final int WORTH_OF_DATA = 4;

    private record Pick(int shard, PeerId peer, int cost) {
    }

    private record Arrival(int shard, Optional<ByteBuffer> data) {
    }

    private final TransferContext context;
    private final GetLanes lanes;
    private final Control control;
    private final ShardTable table;
    private final long chunk;
    private final int wanted;
    private final int shardBytes;
    private final @Nullable Shard[] got;
    private final List<Pick> asked = new ArrayList<>();
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private int count;
    private int outstanding;

    ChunkFetch(TransferContext context, GetLanes lanes, Control control, Manifest manifest, ShardTable table,
            long chunk) {
        this.context = context;
        this.lanes = lanes;
        this.control = control;
        this.table = table;
        this.chunk = chunk;
        wanted = manifest.shards().dataShards();
        shardBytes = manifest.shardBytes(chunk);
        got = new Shard[manifest.shards().totalShards()];
    }

    /**
     * Gets shards from those who have them according to the map. May be called again with a fresh map; what came
     * before is kept.
     *
     * @return n places of which at least k are filled, or null where there were not enough
     */
    @Nullable Shard @Nullable [] run(ShardMap map) throws IOException {
        asked.clear();
        takeOwn();
        int spare = 0;
        while (count < wanted) {
            Pick pick = outstanding < wanted - count + spare ? pick(map) : null;
            if (pick != null) {
                ask(pick);
            } else if (outstanding == 0) {
                return null;
            } else if (!await()) {
                // Slow: as many again from others.
                spare = Math.min(spare + wanted - count, got.length);
            }
        }
        return got;
    }

    /** How many shards there are. */
    int count() {
        return count;
    }

    private void takeOwn() throws IOException {
        for (int shard = 0; shard < got.length && count < wanted; shard++) {
            if (got[shard] == null) {
                accept(shard, context.store().get(table.shard(chunk, shard)));
            }
        }
    }

    private void accept(int shard, Optional<ByteBuffer> data) {
        if (data.isPresent() && got[shard] == null && data.get().remaining() == shardBytes) {
            got[shard] = new Shard(data.get().array(), data.get().arrayOffset() + data.get().position());
            count++;
        }
    }

    private @Nullable Pick pick(ShardMap map) {
        List<Pick> picks = new ArrayList<>();
        for (int shard = 0; shard < got.length; shard++) {
            if (got[shard] == null) {
                for (PeerId peer : map.holders(chunk, shard)) {
                    if (!peer.equals(context.peers().self()) && lanes.usable(peer) && !wasAsked(shard, peer)) {
                        int parity = shard < wanted ? 0 : WORTH_OF_DATA;
                        // The same shard from a second holder helps only if the first one fails.
                        int again = isUnderWay(shard) ? got.length : 0;
                        picks.add(new Pick(shard, peer, lanes.load(peer) + parity + again));
                    }
                }
            }
        }
        return picks.stream().min(Comparator.comparingInt(Pick::cost)).orElse(null);
    }

    private boolean wasAsked(int shard, PeerId peer) {
        return asked.stream().anyMatch(p -> p.shard() == shard && p.peer().equals(peer));
    }

    private boolean isUnderWay(int shard) {
        return asked.stream().anyMatch(p -> p.shard() == shard);
    }

    private void ask(Pick pick) {
        asked.add(pick);
        outstanding++;
        Cid cid = table.shard(chunk, pick.shard());
        lanes.ask(pick.peer(), cid, data -> arrivals.add(new Arrival(pick.shard(), data)));
    }

    /** Waits for an answer; false if none came in time. */
    private boolean await() throws IOException {
        if (control.stopped()) {
            throw Control.cancelled();
        }
        try {
            Arrival arrival = arrivals.poll(context.timing().hedge().toMillis(), TimeUnit.MILLISECONDS);
            if (arrival == null) {
                return false;
            }
            outstanding--;
            accept(arrival.shard(), arrival.data());
            return true;
        } catch (InterruptedException e) {
            throw Control.cancelled();
        }
    }
}
