// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.NotEnoughPeersException;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.PutOptions;
import io.peerwerk.storage.QuotaExceededException;
import io.peerwerk.storage.Secret;
import io.peerwerk.storage.StorageLink;
import io.peerwerk.storage.internal.erasure.ErasureCode;
import io.peerwerk.storage.internal.manifest.Manifest;
import io.peerwerk.storage.internal.manifest.SealedPart;
import io.peerwerk.storage.internal.placement.Rendezvous;
import io.peerwerk.storage.internal.placement.Spread;
import io.peerwerk.storage.internal.seal.ChunkSeal;
import io.peerwerk.storage.internal.seal.FileKeys;

/** One put from the first byte read to the last acknowledgement. Used once, by one thread. */
public final class PutTransfer {

    /** How often the caller hears of progress and is asked whether to stop, in milliseconds, while it has to wait. */
    private static final int TICK = 100;

    /**
     * What a put made.
     *
     * @param failures how many peers were left out on the way
     */
    public record Result(String name, boolean folder, StorageLink link, long bytes, int holders, int failures) {
    }

    private final TransferContext context;
    private final PutOptions options;
    private final Progress progress;
    private final Control control;
    private final PutLanes lanes;
    private final byte[] label = new byte[Manifest.LABEL_BYTES];
    private final byte[] secret = new byte[StorageLink.KEY_BYTES];
    private final AtomicLong storedBytes = new AtomicLong();
    private final Queue<CompletableFuture<Void>> tablesUnderWay = new ConcurrentLinkedQueue<>();
    private final TableWriter tables;
    private final BlockingQueue<ChunkBuffers> free = new ArrayBlockingQueue<>(TransferContext.WINDOW);
    private long total;

    /** @param random for the key and the label */
    public PutTransfer(TransferContext context, PutOptions options, SecureRandom random, Progress progress) {
        this.context = context;
        this.options = options;
        this.progress = progress;
        control = new Control(progress, context.closing());
        lanes = new PutLanes(context, control);
        random.nextBytes(label);
        random.nextBytes(secret);
        tables = new TableWriter(options, this::storeTable);
    }

    /** Stores; see {@link io.peerwerk.storage.Storage#put} for the exceptions. */
    public Result run(Path source) throws IOException {
        SourceTree tree = scan(source);
        total = tree.bytes();
        Secret key = Secret.of(secret);
        Arrays.fill(secret, (byte) 0);
        try (FileKeys keys = new FileKeys(key); ContentStream content = new ContentStream(tree)) {
            progress.update(0, total, "storing");
            Sent sent = sendChunks(keys.chunks(), content);
            SealedPart sealed = new SealedPart(content.contentBytes(), content.directoryBytes());
            Cid root = sendManifest(keys, sealed, sent);
            progress.update(sealed.contentBytes(), sealed.contentBytes(), "finishing");
            return new Result(tree.name(), tree.folder(), new StorageLink(root, key), sealed.contentBytes(),
                    lanes.holders().size(), lanes.excluded());
        } catch (InterruptedException e) {
            throw Control.cancelled();
        } catch (IOException e) {
            throw FileErrors.explained("read", source, e);
        } finally {
            // Whatever made us leave: what is still queued is of no use now.
            control.fail(Control.cancelled());
        }
    }

    private static SourceTree scan(Path source) throws IOException {
        try {
            return SourceTree.scan(source);
        } catch (IOException e) {
            throw FileErrors.explained("read", source, e);
        }
    }

    private record Sent(long chunks, int lastBytes) {
    }

    private Sent sendChunks(ChunkSeal seal, ContentStream content) throws IOException, InterruptedException {
        ErasureCode code = new ErasureCode(options.dataShards(), options.totalShards());
        long chunks = 0;
        int made = 0;
        int length = 0;
        while (!content.exhausted()) {
            ChunkBuffers buffers = free.poll();
            if (buffers == null && made < TransferContext.WINDOW) {
                buffers = new ChunkBuffers(code);
                made++;
            } else if (buffers == null) {
                buffers = await();
            }
            control.check();
            length = content.fill(buffers.plain);
            sendChunk(seal, buffers, chunks++, content.exhausted(), length);
        }
        for (int i = 0; i < made; i++) {
            await();
        }
        control.check();
        return new Sent(chunks, length + ChunkSeal.OVERHEAD);
    }

    /** The memory of a chunk whose shards are all stored. */
    private ChunkBuffers await() throws IOException, InterruptedException {
        while (true) {
            control.check();
            ChunkBuffers buffers = free.poll(TICK, TimeUnit.MILLISECONDS);
            progress.update(Math.min(storedBytes.get(), total), total, "storing");
            if (buffers != null) {
                return buffers;
            }
        }
    }

    private void sendChunk(ChunkSeal seal, ChunkBuffers buffers, long chunk, boolean last, int length) {
        context.workers().execute(() -> control.guarded(() -> {
            if (control.stopped()) {
                return;
            }
            List<Block> shards = buffers.shards(seal, chunk, last, length);
            tables.add(chunk, shards);
            List<PeerId> ranked = Rendezvous.rank(label, chunk, context.peers().all());
            new ChunkUpload(new Spread(ranked, Map.of()), lanes, stored -> {
                if (stored < options.threshold()) {
                    control.fail(tooFew("chunk " + chunk, stored, options.threshold(), "shards"));
                }
                storedBytes.addAndGet(length);
                free.add(buffers);
            }).start(shards);
        }));
    }

    private IOException tooFew(String what, int stored, int wanted, String things) {
        String counted = "only " + stored + " of " + wanted + " " + things + " of " + what + " could be stored";
        return lanes.full() > 0 && lanes.full() >= lanes.excluded() - lanes.full()
                ? new QuotaExceededException("no room: " + counted + " because what " + lanes.full()
                        + " of the peers offer is used up")
                : new NotEnoughPeersException("too few peers took it: " + counted);
    }

    private void storeTable(Block table) {
        tablesUnderWay.add(CompletableFuture.runAsync(
                () -> control.guarded(() -> replicate(table, label, "the manifest")),
                task -> Thread.ofVirtual().name("peerwerk-table").start(task)));
    }

    /** As many copies as peers may vanish, and one more; fewer only where fewer peers take blocks. */
    private void replicate(Block block, byte[] rankBy, String what) throws IOException {
        List<PeerId> ranked = Rendezvous.rank(rankBy, context.peers().all());
        int copies = Math.min(ranked.size(), Manifest.replicas(options));
        try {
            int stored = Replicas.put(lanes, block, ranked, copies);
            int willing = (int) ranked.stream().filter(lanes::usable).count();
            int needed = Math.min(copies, options.survivable(willing) + 1);
            if (stored < needed) {
                throw tooFew(what, stored, needed, "copies");
            }
        } catch (InterruptedException e) {
            throw Control.cancelled();
        }
    }

    private Cid sendManifest(FileKeys keys, SealedPart sealed, Sent sent) throws IOException {
        List<byte[]> digests = tables.finish();
        Manifest open = new Manifest(options, Manifest.CHUNK_BYTES, sent.chunks(), sent.lastBytes(), label, digests,
                new byte[0]);
        Block root = open.withSealed(keys.manifest().seal(sealed.toBytes(), open.publicPart())).toBlock();
        tablesUnderWay.forEach(CompletableFuture::join);
        control.check();
        replicate(root, root.cid().toBytes(), "the manifest");
        return root.cid();
    }
}
