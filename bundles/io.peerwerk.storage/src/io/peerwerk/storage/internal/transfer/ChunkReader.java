// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.internal.erasure.ErasureCode;
import io.peerwerk.storage.internal.erasure.Shard;
import io.peerwerk.storage.internal.manifest.Manifest;
import io.peerwerk.storage.internal.manifest.ShardTable;
import io.peerwerk.storage.internal.seal.ChunkSeal;
import io.peerwerk.storage.internal.seal.KeySeal;
import io.peerwerk.storage.internal.seal.SealBrokenException;
import org.jspecify.annotations.Nullable;

/** Gives the plaintext of chunks in order, while the next ones are already on their way. */
final class ChunkReader {

    private static final int TICK = 100;

    /** Takes the plaintext of one chunk after the other, and hears when it has to wait. */
    interface Sink {

        /** The plaintext of a chunk. */
        void chunk(long chunk, byte[] plain) throws IOException;

        /** Nothing came for a moment. */
        void waiting();
    }

    private final TransferContext context;
    private final Manifest manifest;
    private final FileReader shards;
    private final KeySeal keys;
    private final Control control;
    private final ErasureCode code;

    ChunkReader(TransferContext context, Manifest manifest, FileReader shards, KeySeal keys, Control control) {
        this.context = context;
        this.manifest = manifest;
        this.shards = shards;
        this.keys = keys;
        this.control = control;
        code = new ErasureCode(manifest.shards().dataShards(), manifest.shards().totalShards());
    }

    /** Reads the chunks from {@code first} up to but not including {@code end}. */
    void read(long first, long end, Sink sink) throws IOException {
        Deque<CompletableFuture<byte[]>> ahead = new ArrayDeque<>();
        long next = first;
        for (long chunk = first; chunk < end; chunk++) {
            while (next < end && next < chunk + TransferContext.WINDOW) {
                ahead.add(start(next++));
            }
            sink.chunk(chunk, await(ahead.remove(), sink));
        }
    }

    private byte[] await(CompletableFuture<byte[]> chunk, Sink sink) throws IOException {
        while (true) {
            control.check();
            try {
                return chunk.get(TICK, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                sink.waiting();
            } catch (InterruptedException e) {
                throw Control.cancelled();
            } catch (ExecutionException e) {
                control.check();
                throw e.getCause() instanceof IOException why ? why
                        : new StorageException("the transfer failed by a defect of the program: " + e.getCause(), e);
            }
        }
    }

    private CompletableFuture<byte[]> start(long chunk) {
        CompletableFuture<byte[]> plain = new CompletableFuture<>();
        Thread.ofVirtual().name("peerwerk-chunk-" + chunk).start(() -> {
            try {
                @Nullable Shard[] found = shards.shards(chunk);
                ShardTable table = shards.table(chunk);
                context.workers().execute(() -> open(chunk, table, found, plain));
            } catch (IOException | RuntimeException e) {
                plain.completeExceptionally(e);
            }
        });
        return plain;
    }

    private void open(long chunk, ShardTable table, @Nullable Shard[] found,
            CompletableFuture<byte[]> plain) {
        try {
            if (control.stopped()) {
                throw Control.cancelled();
            }
            plain.complete(open(chunk, table, assemble(chunk, found)));
        } catch (SealBrokenException e) {
            plain.completeExceptionally(new StorageException("chunk " + (chunk + 1) + " of " + manifest.chunks()
                    + " does not open: the file was damaged when it was stored", e));
        } catch (IOException | RuntimeException e) {
            plain.completeExceptionally(e);
        }
    }

    private byte[] open(long chunk, ShardTable table, byte[] sealed) throws SealBrokenException {
        byte[] key = table.key(chunk, keys);
        try {
            return ChunkSeal.open(key, sealed, manifest.bytes(chunk));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** The data shards one after the other. */
    private byte[] assemble(long chunk, @Nullable Shard[] found) {
        int k = manifest.shards().dataShards();
        int shardBytes = manifest.shardBytes(chunk);
        byte[] sealed = new byte[k * shardBytes];
        @Nullable Shard[] wanted = new Shard[found.length];
        for (int i = 0; i < k; i++) {
            Shard shard = found[i];
            if (shard == null) {
                wanted[i] = new Shard(sealed, i * shardBytes);
            } else {
                System.arraycopy(shard.array(), shard.offset(), sealed, i * shardBytes, shardBytes);
            }
        }
        code.restore(found, wanted, shardBytes);
        return sealed;
    }
}
