// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.NotEnoughPeersException;
import io.peerwerk.storage.PutOptions;
import io.peerwerk.storage.QuotaExceededException;
import io.peerwerk.storage.internal.erasure.ErasureCode;
import io.peerwerk.storage.internal.manifest.Manifest;
import io.peerwerk.storage.internal.manifest.SealedPart;
import io.peerwerk.storage.internal.placement.Rendezvous;
import io.peerwerk.storage.internal.placement.Spread;
import io.peerwerk.storage.internal.seal.ChunkSeal;

/**
 * Seals, codes and places the chunks of one put, then its manifest. Used by one thread: {@link #next}, fill, {@link
 * #send} for each chunk in order, then {@link #finish}.
 */
final class ChunkSender {

    /** How often the caller hears of progress and is asked whether to stop, in milliseconds, while it has to wait. */
    private static final int TICK = 100;

    /**
     * What is to be made.
     *
     * @param keys what it is sealed with
     * @param shards the code, and below how many shards of a chunk nothing is acknowledged
     */
    record Job(PutKeys keys, PutOptions shards) {
    }

    private final TransferContext context;
    private final Control control;
    private final PutKeys keys;
    private final Job job;
    private final LongConsumer progress;
    private final PutLanes lanes;
    private final Inventory inventory;
    private final ErasureCode code;
    private final TableWriter tables;
    private final AtomicLong storedBytes = new AtomicLong();
    private final Queue<CompletableFuture<Void>> tablesUnderWay = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<ChunkBuffers> free = new ArrayBlockingQueue<>(TransferContext.WINDOW);
    private int made;
    private long chunks;
    private int lastLength;

    /** @param progress hears, on the caller's thread, how many bytes of the stream are stored */
    ChunkSender(TransferContext context, Control control, Job job, LongConsumer progress) {
        this.context = context;
        this.control = control;
        this.job = job;
        keys = job.keys();
        this.progress = progress;
        lanes = new PutLanes(context, control);
        inventory = new Inventory(context, control);
        code = new ErasureCode(job.shards().dataShards(), job.shards().totalShards());
        tables = new TableWriter(job.shards(), keys.file().chunkKeys(), this::storeTable);
    }

    /** How many distinct peers have something of the file. */
    int holders() {
        return lanes.holders().size();
    }

    /** How many peers were left out on the way. */
    int failures() {
        return lanes.excluded();
    }

    /** Memory for the next chunk; waits while too many are under way. */
    ChunkBuffers next() throws IOException, InterruptedException {
        ChunkBuffers buffers = free.poll();
        if (buffers == null && made < TransferContext.WINDOW) {
            made++;
            return new ChunkBuffers(code);
        }
        return buffers == null ? await() : buffers;
    }

    /** The memory of a chunk whose shards are all stored. */
    private ChunkBuffers await() throws IOException, InterruptedException {
        while (true) {
            control.check();
            ChunkBuffers buffers = free.poll(TICK, TimeUnit.MILLISECONDS);
            progress.accept(storedBytes.get());
            if (buffers != null) {
                return buffers;
            }
        }
    }

    /** Sends what is in the first {@code length} bytes of the memory as the next chunk. */
    void send(ChunkBuffers buffers, int length) throws IOException {
        control.check();
        long chunk = chunks++;
        lastLength = length;
        context.workers().execute(() -> control.guarded(() -> {
            if (control.stopped()) {
                return;
            }
            byte[] key = keys.chunks().keyOf(buffers.plain, length);
            List<Block> shards = buffers.shards(key, length);
            tables.add(chunk, key, shards);
            Arrays.fill(key, (byte) 0);
            if (keys.fresh()) {
                place(buffers, chunk, length, shards);
            } else {
                // The answers of peers are not waited for where others have to compute.
                Thread.ofVirtual().name("peerwerk-place-" + chunk)
                        .start(() -> control.guarded(() -> place(buffers, chunk, length, shards)));
            }
        }));
    }

    private void place(ChunkBuffers buffers, long chunk, int length, List<Block> shards) throws IOException {
        List<PeerId> ranked = Rendezvous.rank(Rendezvous.group(shards.getFirst().cid()), context.peers().all());
        Map<Integer, PeerId> held = keys.fresh() ? Map.of()
                : inventory.held(shards, ranked.stream().filter(lanes::usable).toList());
        lanes.have(held.values());
        Map<PeerId, Integer> load = new HashMap<>();
        held.values().forEach(peer -> load.merge(peer, 1, Integer::sum));
        List<Block> missing = new ArrayList<>();
        for (int i = 0; i < shards.size(); i++) {
            if (!held.containsKey(i)) {
                missing.add(shards.get(i));
            }
        }
        new ChunkUpload(new Spread(ranked, load), lanes, sent -> {
            int stored = held.size() + sent;
            if (stored < job.shards().threshold()) {
                control.fail(tooFew("chunk " + chunk, stored, job.shards().threshold(), "shards"));
            }
            storedBytes.addAndGet(length);
            free.add(buffers);
        }).start(missing);
    }

    private IOException tooFew(String what, int stored, int wanted, String things) {
        String counted = "only " + stored + " of " + wanted + " " + things + " of " + what + " could be stored";
        return lanes.full() > 0 && lanes.full() >= lanes.excluded() - lanes.full()
                ? new QuotaExceededException("no room: " + counted + " because what " + lanes.full()
                        + " of the peers offer is used up")
                : new NotEnoughPeersException("too few peers took it: " + counted);
    }

    private void storeTable(Block table) {
        tablesUnderWay.add(CompletableFuture.runAsync(() -> control.guarded(() -> replicate(table)),
                task -> Thread.ofVirtual().name("peerwerk-table").start(task)));
    }

    /** As many copies as peers may vanish, and one more; fewer only where fewer peers take blocks. */
    private void replicate(Block block) throws IOException {
        List<PeerId> ranked = Rendezvous.rank(block.cid(), context.peers().all());
        int copies = Math.min(ranked.size(), Manifest.replicas(job.shards()));
        try {
            int stored = Replicas.put(lanes, block, ranked, copies);
            int willing = (int) ranked.stream().filter(lanes::usable).count();
            int needed = Math.min(copies, job.shards().survivable(willing) + 1);
            if (stored < needed) {
                throw tooFew("the manifest", stored, needed, "copies");
            }
        } catch (InterruptedException e) {
            throw Control.cancelled();
        }
    }

    /** Waits until all chunks are stored, then stores the manifest; gives its CID. */
    Cid finish(SealedPart sealed) throws IOException, InterruptedException {
        for (int i = 0; i < made; i++) {
            await();
        }
        control.check();
        Manifest open = new Manifest(job.shards(), Manifest.CHUNK_BYTES, chunks, lastLength + ChunkSeal.OVERHEAD,
                tables.finish(), new byte[0]);
        Block root = open.withSealed(keys.file().manifest().seal(sealed.toBytes(), open.publicPart())).toBlock();
        tablesUnderWay.forEach(CompletableFuture::join);
        control.check();
        replicate(root);
        return root.cid();
    }
}
