// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.peerwerk.storage.NotEnoughShardsException;
import io.peerwerk.storage.internal.erasure.Shard;
import io.peerwerk.storage.internal.manifest.Manifest;
import io.peerwerk.storage.internal.manifest.ShardTable;
import org.jspecify.annotations.Nullable;

/**
 * Gets the shards of any chunk of one stored file; keeps the tables and the answers to HAVE of the chunks that are
 * being read. Thread-safe.
 */
public final class FileReader {

    private static final int KEPT = 4;
    private static final long AGAIN = 500;

    private final TransferContext context;
    private final Manifest manifest;
    private final Control control;
    private final GetLanes lanes;
    private final ManifestReader manifests;
    private final ShardFinder finder;
    private final Map<Integer, ShardTable> tables = new ConcurrentHashMap<>();
    private final Map<Long, ShardMap> maps = new ConcurrentHashMap<>();
    private final ReentrantLock loading = new ReentrantLock();

    /** Reads the file of this manifest. */
    public FileReader(TransferContext context, Manifest manifest, Control control) {
        this.context = context;
        this.manifest = manifest;
        this.control = control;
        lanes = new GetLanes(context, control);
        manifests = new ManifestReader(context);
        finder = new ShardFinder(context);
    }

    /** The table that the chunk stands in. */
    public ShardTable table(long chunk) throws IOException {
        int number = ShardTable.number(chunk, manifest.shards());
        loading.lock();
        try {
            ShardTable table = tables.get(number);
            if (table == null) {
                table = manifests.table(manifest, number, control);
                keepOnly(tables);
                tables.put(number, table);
            }
            return table;
        } finally {
            loading.unlock();
        }
    }

    /** Who has the shards of the chunks around this one. */
    public ShardMap map(long chunk) throws IOException {
        ShardTable table = table(chunk);
        int perQuestion = ShardFinder.chunksPerQuestion(manifest);
        long offset = (chunk - table.firstChunk()) / perQuestion * perQuestion;
        long first = table.firstChunk() + offset;
        int count = (int) Math.min(perQuestion, table.chunks() - offset);
        loading.lock();
        try {
            ShardMap map = maps.get(first);
            if (map == null) {
                map = finder.find(manifest, table, first, count);
                keepOnly(maps);
                maps.put(first, map);
            }
            return map;
        } finally {
            loading.unlock();
        }
    }

    private static <K extends Comparable<K>> void keepOnly(Map<K, ?> kept) {
        while (kept.size() >= KEPT) {
            kept.keySet().stream().min(Comparable::compareTo).ifPresent(kept::remove);
        }
    }

    /**
     * Gets at least k shards of a chunk; looks for other holders until the patience is over.
     *
     * @return n places, null where a shard was not needed
     */
    public @Nullable Shard[] shards(long chunk) throws IOException {
        long deadline = System.nanoTime() + context.timing().patience().toNanos();
        ChunkFetch fetch = new ChunkFetch(context, lanes, control, manifest, table(chunk), chunk);
        while (true) {
            ShardMap map = map(chunk);
            @Nullable Shard[] shards = fetch.run(map);
            if (shards != null) {
                return shards;
            }
            if (System.nanoTime() > deadline) {
                int needed = manifest.shards().dataShards();
                int found = Math.max(fetch.count(), Math.min(needed - 1, map.reachable(chunk).cardinality()));
                throw new NotEnoughShardsException("only " + found + " of the " + needed + " shards needed for chunk "
                        + (chunk + 1) + " of " + manifest.chunks() + " can be reached (" + context.peers().away() + ")",
                        needed, found);
            }
            pause();
            maps.remove(map.firstChunk(), map);
            lanes.forgive();
        }
    }

    private void pause() throws IOException {
        if (control.stopped()) {
            throw Control.cancelled();
        }
        try {
            TimeUnit.MILLISECONDS.sleep(AGAIN);
        } catch (InterruptedException e) {
            throw Control.cancelled();
        }
    }
}
