// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.mvstore.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.BlockMismatchException;
import io.peerwerk.storage.BlockStore;
import io.peerwerk.storage.StorageException;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Blocks in an MVStore; see the package for its file and what it promises. */
final class MvBlockStore implements BlockStore {

    private static final Logger LOG = LoggerFactory.getLogger(MvBlockStore.class);
    private static final int READERS = 2;

    private final String name;
    private final FolderLock lock;
    private final Map<Cid, Place> index = new ConcurrentHashMap<>();
    private final MvWriter writer;
    private final ExecutorService readers = Executors.newFixedThreadPool(READERS,
            Thread.ofPlatform().name("peerwerk-mvstore-read-", 0).daemon().factory());
    private final AtomicLong damaged = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile long quota;

    /** @throws StorageException where another store has this folder open */
    MvBlockStore(Path folder, long quota) throws IOException {
        name = folder.resolve("blocks.mv.db").toString();
        this.quota = quota;
        lock = new FolderLock(folder);
        try {
            writer = new MvWriter(folder, index, this::quota);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
        Thread.ofPlatform().name("peerwerk-mvstore").daemon().start(writer);
    }

    @Override
    public long size(Cid cid) {
        Place place = index.get(cid);
        return place == null ? ABSENT : place.length();
    }

    @Override
    public Optional<ByteBuffer> get(Cid cid) throws IOException {
        for (Place place = index.get(cid); place != null; place = index.get(cid)) {
            byte[] bytes = read(cid);
            if (bytes != null && cid.hash().matches(ByteBuffer.wrap(bytes))) {
                return Optional.of(ByteBuffer.wrap(bytes));
            }
            // If the block was removed and put again meanwhile, or moved, it has another number.
            if (index.remove(cid, place)) {
                damaged.incrementAndGet();
                LOG.warn("block {} in {} is damaged: it is dropped", cid, name);
            }
        }
        return Optional.empty();
    }

    private byte @Nullable [] read(Cid cid) throws IOException {
        try {
            return CompletableFuture.supplyAsync(() -> writer.read(cid), readers).join();
        } catch (RejectedExecutionException e) {
            throw new StorageException("the block store is closed", e);
        } catch (CompletionException e) {
            if (e.getCause() instanceof MVStoreException cause) {
                throw BlockFile.explained(cause, name);
            }
            if (e.getCause() instanceof UncheckedIOException cause) {
                throw cause.getCause();
            }
            throw new StorageException("the block store in " + name + " cannot be read", e.getCause());
        }
    }

    @Override
    public void put(Collection<Block> blocks) throws IOException {
        List<Block> wanted = new ArrayList<>(blocks.size());
        for (Block block : blocks) {
            long hash = block.cid().hash().code();
            if (hash != Multihash.SHA2_256 && hash != Multihash.SHA2_512 || !block.verified()) {
                throw new BlockMismatchException(block.cid());
            }
            if (!index.containsKey(block.cid())) {
                wanted.add(block);
            }
        }
        if (!wanted.isEmpty()) {
            await(new MvRequest.Put(wanted, new CompletableFuture<>()));
        }
    }

    @Override
    public void remove(Cid cid) throws IOException {
        if (index.containsKey(cid)) {
            await(new MvRequest.Remove(cid, new CompletableFuture<>()));
        }
    }

    /** Waits without heeding interrupts, as the caller's buffers are in use. */
    private void await(MvRequest request) throws IOException {
        writer.ask(request);
        try {
            request.done().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StorageException why ? why
                    : new StorageException("the block store's writer failed", e.getCause());
        }
    }

    @Override
    public long used() {
        return writer.used();
    }

    @Override
    public long blockCount() {
        return index.size();
    }

    @Override
    public Stream<Cid> cids() {
        return index.keySet().stream();
    }

    @Override
    public long quota() {
        return quota;
    }

    @Override
    public void quota(long bytes) {
        quota = bytes;
    }

    /** How many damaged blocks were met since the store was opened; each is in the log (SLF4J), too. */
    long damaged() {
        return damaged.get();
    }

    /** Finishes what was asked for, then closes the file. */
    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            readers.shutdown();
            try (lock) {
                await(new MvRequest.Stop(new CompletableFuture<>()));
            }
        }
    }
}
