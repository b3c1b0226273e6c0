// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.internal.exchange.Limits;
import io.peerwerk.storage.internal.manifest.Manifest;
import io.peerwerk.storage.internal.manifest.ShardTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks all reachable peers, and this one, which shards they have. */
public final class ShardFinder {

    private static final Logger LOG = LoggerFactory.getLogger(ShardFinder.class);
    /** Chunks that are asked about at once: few enough for a quick first answer. */
    private static final int CHUNKS = 64;

    private final TransferContext context;

    /** Over what transfers work with. */
    public ShardFinder(TransferContext context) {
        this.context = context;
    }

    /** How many chunks one question covers. */
    public static int chunksPerQuestion(Manifest manifest) {
        int n = manifest.shards().totalShards();
        return Math.min(CHUNKS, Math.min(Limits.MAX_HAVE / n, ShardTable.chunksPerTable(manifest.shards())));
    }

    /** Asks about the chunks from {@code first} on, up to {@code count}, which stand in the table. */
    public ShardMap find(Manifest manifest, ShardTable table, long first, int count) throws IOException {
        int n = manifest.shards().totalShards();
        List<Cid> cids = new ArrayList<>(count * n);
        for (long chunk = first; chunk < first + count; chunk++) {
            for (int shard = 0; shard < n; shard++) {
                cids.add(table.shard(chunk, shard));
            }
        }
        Map<PeerId, BitSet> holders = have(cids);
        for (int chunk = 0; chunk < count; chunk++) {
            countOnce(cids.subList(chunk * n, (chunk + 1) * n), chunk * n, holders);
        }
        return new ShardMap(first, count, n, holders);
    }

    /**
     * Where one data shard brings a chunk back some shards are equal, and who has one of them says that he has all: then
     * each holder counts for one, as another copy of it is lost with him.
     *
     * @param from where the chunk's shards begin in what the holders said
     */
    static void countOnce(List<Cid> shards, int from, Map<PeerId, BitSet> holders) {
        Map<Cid, List<Integer>> places = new HashMap<>();
        for (int i = 0; i < shards.size(); i++) {
            places.computeIfAbsent(shards.get(i), cid -> new ArrayList<>()).add(from + i);
        }
        places.values().stream().filter(equal -> equal.size() > 1).forEach(equal -> {
            int next = 0;
            for (BitSet has : holders.values()) {
                if (has.get(equal.getFirst())) {
                    equal.forEach(has::clear);
                    has.set(equal.get(next++ % equal.size()));
                }
            }
        });
    }

    /** Who has which of these, at most {@link Limits#MAX_HAVE}; peers that do not answer in time have nothing. */
    public Map<PeerId, BitSet> have(List<Cid> cids) throws IOException {
        Map<PeerId, BitSet> found = new ConcurrentHashMap<>();
        List<PeerId> others = context.peers().others();
        CountDownLatch open = new CountDownLatch(others.size());
        for (PeerId peer : others) {
            Thread.ofVirtual().name("peerwerk-have-" + peer.brief()).start(() -> {
                try {
                    found.put(peer, context.client().have(peer, cids));
                } catch (IOException e) {
                    LOG.debug("{} does not say what it has: {}", peer.brief(), e.getMessage());
                } finally {
                    open.countDown();
                }
            });
        }
        BitSet own = new BitSet();
        for (int i = 0; i < cids.size(); i++) {
            own.set(i, context.store().has(cids.get(i)));
        }
        try {
            open.await(context.timing().have().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw Control.cancelled();
        }
        // A snapshot: who answers later is too late.
        Map<PeerId, BitSet> all = new HashMap<>(found);
        all.put(context.peers().self(), own);
        return all;
    }
}
