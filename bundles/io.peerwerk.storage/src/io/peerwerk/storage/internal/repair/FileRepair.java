// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.repair;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.internal.erasure.ErasureCode;
import io.peerwerk.storage.internal.erasure.Shard;
import io.peerwerk.storage.internal.manifest.Manifest;
import io.peerwerk.storage.internal.manifest.ShardTable;
import io.peerwerk.storage.internal.placement.Rendezvous;
import io.peerwerk.storage.internal.placement.Spread;
import io.peerwerk.storage.internal.transfer.ChunkUpload;
import io.peerwerk.storage.internal.transfer.Control;
import io.peerwerk.storage.internal.transfer.FileReader;
import io.peerwerk.storage.internal.transfer.ManifestReader;
import io.peerwerk.storage.internal.transfer.PutLanes;
import io.peerwerk.storage.internal.transfer.Replicas;
import io.peerwerk.storage.internal.transfer.ShardFinder;
import io.peerwerk.storage.internal.transfer.ShardMap;
import io.peerwerk.storage.internal.transfer.TransferContext;
import org.jspecify.annotations.Nullable;

/** Brings one file back to strength. Used once, by one thread. */
final class FileRepair {

    /** Chunks in flight: a repair may take its time and should not take the node's. */
    private static final int WINDOW = 4;
    private static final int TICK = 100;

    /** Hears how far it is. */
    @FunctionalInterface
    interface Steps {
        void looked(int chunks, int shardsRestored);
    }

    /** What came of it; {@code complete} is whether no shard is missing any more. */
    record Outcome(int chunks, int shards, boolean complete) {
    }

    private final TransferContext context;
    private final Cid root;
    private final Manifest manifest;
    private final Control control;
    private final FileReader reader;
    private final PutLanes lanes;
    private final ErasureCode code;
    private final Semaphore window = new Semaphore(WINDOW);
    private final AtomicInteger chunksRepaired = new AtomicInteger();
    private final AtomicInteger shardsRestored = new AtomicInteger();
    private final AtomicInteger shardsLeft = new AtomicInteger();
    private boolean complete;

    FileRepair(TransferContext context, Cid root, Manifest manifest, Control control) {
        this.context = context;
        this.root = root;
        this.manifest = manifest;
        this.control = control;
        reader = new FileReader(context, manifest, control);
        lanes = new PutLanes(context, control);
        code = new ErasureCode(manifest.shards().dataShards(), manifest.shards().totalShards());
    }

    /** Repairs as much as can be repaired. */
    void run(Steps steps) throws IOException {
        try {
            for (long chunk = 0; chunk < manifest.chunks(); chunk++) {
                repair(chunk);
                steps.looked((int) Math.min(Integer.MAX_VALUE, chunk + 1), shardsRestored.get());
            }
            for (int i = 0; i < WINDOW; i++) {
                acquire();
            }
            complete = restoreManifest() && shardsLeft.get() == 0;
            steps.looked((int) Math.min(Integer.MAX_VALUE, manifest.chunks()), shardsRestored.get());
        } catch (InterruptedException e) {
            throw new StorageException("the repair was interrupted", e);
        } finally {
            control.fail(new StorageException("the repair is over"));
        }
    }

    /** What came of it so far. */
    Outcome outcome() {
        return new Outcome(chunksRepaired.get(), shardsRestored.get(), complete);
    }

    private void acquire() throws IOException, InterruptedException {
        while (true) {
            control.check();
            if (window.tryAcquire(TICK, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private void repair(long chunk) throws IOException, InterruptedException {
        ShardMap map = reader.map(chunk);
        BitSet reachable = map.reachable(chunk);
        int missing = manifest.shards().totalShards() - reachable.cardinality();
        if (missing == 0) {
            return;
        }
        acquire();
        Thread.ofVirtual().name("peerwerk-repair-" + chunk).start(() -> control.guarded(() -> {
            @Nullable Shard[] found = reader.shards(chunk);
            int group = Rendezvous.group(reader.table(chunk).shard(chunk, 0));
            context.workers().execute(
                    () -> control.guarded(() -> send(chunk, group, map, restore(chunk, found, reachable))));
        }));
    }

    private List<Block> restore(long chunk, @Nullable Shard[] found, BitSet reachable) throws IOException {
        int n = manifest.shards().totalShards();
        int shardBytes = manifest.shardBytes(chunk);
        @Nullable Shard[] wanted = new Shard[n];
        for (int i = reachable.nextClearBit(0); i < n; i = reachable.nextClearBit(i + 1)) {
            wanted[i] = Shard.of(new byte[shardBytes]);
        }
        code.restore(found, wanted, shardBytes);
        ShardTable table = reader.table(chunk);
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Shard shard = wanted[i];
            if (shard != null) {
                Block block = new Block(table.shard(chunk, i), ByteBuffer.wrap(shard.array()));
                if (!block.verified()) {
                    throw new StorageException("the manifest " + root
                            + " lies about its shards: it cannot be repaired");
                }
                blocks.add(block);
            }
        }
        return blocks;
    }

    private void send(long chunk, int group, ShardMap map, List<Block> blocks) {
        List<PeerId> ranked = Rendezvous.rank(group, context.peers().all());
        new ChunkUpload(new Spread(ranked, map.load(chunk)), lanes, stored -> {
            shardsRestored.addAndGet(stored);
            shardsLeft.addAndGet(blocks.size() - stored);
            if (stored > 0) {
                chunksRepaired.incrementAndGet();
            }
            window.release();
        }).start(blocks);
    }

    /** Gives the manifest and its tables to as many peers as should have them. */
    private boolean restoreManifest() throws IOException, InterruptedException {
        boolean complete = restoreCopies(manifest.toBlock());
        ManifestReader manifests = new ManifestReader(context);
        for (int i = 0; i < manifest.tables().size(); i++) {
            control.check();
            complete &= restoreCopies(manifests.table(manifest, i, control).toBlock());
        }
        return complete;
    }

    private boolean restoreCopies(Block block) throws IOException, InterruptedException {
        Map<PeerId, BitSet> having = new ShardFinder(context).have(List.of(block.cid()));
        List<PeerId> all = context.peers().all();
        List<PeerId> without = Rendezvous.rank(block.cid(), all).stream()
                .filter(peer -> !having.containsKey(peer) || !having.get(peer).get(0)).toList();
        int wanted = Math.min(all.size(), Manifest.replicas(manifest.shards()));
        int missing = wanted - (all.size() - without.size());
        return missing <= 0 || Replicas.put(lanes, block, without, missing) == missing;
    }
}
