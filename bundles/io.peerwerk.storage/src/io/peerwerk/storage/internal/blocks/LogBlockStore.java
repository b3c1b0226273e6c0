// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.BlockMismatchException;
import io.peerwerk.storage.BlockStore;
import io.peerwerk.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The append-only log; see the package for its files and what it promises. */
public final class LogBlockStore implements BlockStore {

    private static final Logger LOG = LoggerFactory.getLogger(LogBlockStore.class);

    private final Disk disk;
    private final BlockIndex index = new BlockIndex();
    private final SegmentLog log;
    private final LogWriter writer;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile long quota;

    /**
     * Opens the store in this folder, which is created if need be.
     *
     * @throws StorageException where another store has it open
     */
    public LogBlockStore(Path folder, LogOptions options) throws IOException {
        this(new FileDisk(folder), options);
    }

    LogBlockStore(Disk disk, LogOptions options) throws IOException {
        this(disk, options, writer -> Thread.ofPlatform().name("peerwerk-blocks").daemon().start(writer));
    }

    /** @param runner given the writer, to run it; or to let it take {@linkplain LogWriter#turn turns} */
    LogBlockStore(Disk disk, LogOptions options, Consumer<LogWriter> runner) throws IOException {
        this.disk = disk;
        quota = options.quota();
        log = new SegmentLog(disk, index, options.segmentBytes());
        try {
            log.open();
        } catch (IOException | RuntimeException e) {
            disk.close();
            throw e;
        }
        writer = new LogWriter(disk, log, index, this::quota);
        runner.accept(writer);
    }

    @Override
    public long size(Cid cid) {
        Location at = index.get(cid);
        return at == null ? ABSENT : at.dataLength();
    }

    @Override
    public Optional<ByteBuffer> get(Cid cid) throws IOException {
        for (Location at = index.get(cid); at != null; at = index.get(cid)) {
            ByteBuffer data = ByteBuffer.allocate(at.dataLength());
            try {
                disk.read(at.segment().name(), at.position() + at.headerLength(), data);
                data.flip();
                if (cid.hash().matches(data)) {
                    return Optional.of(data);
                }
            } catch (NoSuchFileException | EOFException e) {
                LOG.debug("{} is not in {} any more", cid, at.segment().name(), e);
            }
            // If a compaction moved the block meanwhile, its new place is tried; else the record is damaged.
            if (index.drop(cid, at)) {
                log.damaged().incrementAndGet();
                LOG.warn("block {} in {} is damaged: it is dropped", cid, at.segment().name());
            }
        }
        return Optional.empty();
    }

    @Override
    public void put(Collection<Block> blocks) throws IOException {
        await(putting(blocks));
    }

    /** A put that is under way. */
    CompletableFuture<Void> putting(Collection<Block> blocks) throws IOException {
        List<LogRequest.Entry> entries = new ArrayList<>(blocks.size());
        for (Block block : blocks) {
            if (!LogFormat.storable(block.cid()) || !block.verified()) {
                throw new BlockMismatchException(block.cid());
            }
            if (log.unsure() || !index.has(block.cid())) {
                entries.add(LogRequest.Entry.of(block));
            }
        }
        return entries.isEmpty() ? CompletableFuture.completedFuture(null)
                : ask(done -> new LogRequest.Put(entries, done));
    }

    @Override
    public void remove(Cid cid) throws IOException {
        await(removing(cid));
    }

    /** A removal that is under way. */
    CompletableFuture<Void> removing(Cid cid) {
        return log.unsure() || index.has(cid) ? ask(done -> new LogRequest.Remove(cid, done))
                : CompletableFuture.completedFuture(null);
    }

    /** Gives back all space that dead records take; blocks until it is done. */
    public void compact() throws IOException {
        await(compacting());
    }

    /** A compaction that is under way. */
    CompletableFuture<Void> compacting() {
        return ask(LogRequest.Compact::new);
    }

    private CompletableFuture<Void> ask(Function<CompletableFuture<Void>, LogRequest> request) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        writer.ask(request.apply(done));
        return done;
    }

    /**
     * Waits without heeding interrupts: it is a matter of one fsync, and the caller's buffers are in use until then.
     */
    private static void await(CompletableFuture<Void> done) throws IOException {
        try {
            done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StorageException why) {
                throw why;
            }
            throw new StorageException("the block store's writer failed", e.getCause());
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
        return index.cids().stream();
    }

    @Override
    public long quota() {
        return quota;
    }

    @Override
    public void quota(long bytes) {
        quota = bytes;
    }

    /** How many damaged records were met since the store was opened; each is in the log (SLF4J), too. */
    public long damaged() {
        return log.damaged().get();
    }

    /** Finishes what was asked for, then closes the files. */
    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            writer.stop();
            writer.awaitEnd();
            disk.close();
        }
    }
}
