// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.mvstore.internal;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.QuotaExceededException;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.mvstore.internal.MvRequest.Put;
import io.peerwerk.storage.mvstore.internal.MvRequest.Remove;
import io.peerwerk.storage.mvstore.internal.MvRequest.Stop;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that changes the file: one commit and one fsync for all who wait. */
final class MvWriter implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(MvWriter.class);
    /** Requests that share a commit. */
    private static final int MAX_BATCH = 256;
    /** Bytes that a commit may take beside the blocks: its chunk's ends, the pages above and the one before. */
    private static final long COMMIT_BYTES = 48 << 10;
    /** A compaction for want of room must give back this part of the file, or it is not worth copying the rest. */
    private static final long WORTH_IT = 16;
    /** Below this a file is not compacted for nothing but its dead bytes. */
    private static final long SMALL = 64L << 20;

    private final Path path;
    private final String name;
    private final Map<Cid, Place> index;
    private final LongSupplier quota;
    private final BlockingQueue<MvRequest> queue = new LinkedBlockingQueue<>();
    private volatile @Nullable BlockFile file;
    private volatile @Nullable StorageException failure;
    private volatile long used;
    /** What the blocks cost that are alive. */
    private long live;
    /** Held to read; and to write while one file takes the place of another. */
    private final ReadWriteLock replaced = new ReentrantReadWriteLock();
    /** Whether an fsync is under way. */
    private boolean syncing;

    MvWriter(Path folder, Map<Cid, Place> index, LongSupplier quota) throws IOException {
        path = folder.resolve("blocks.mv.db");
        name = path.toString();
        // A compaction that was cut short.
        Files.deleteIfExists(beside());
        this.index = index;
        this.quota = quota;
        BlockFile opened = new BlockFile(name, index);
        file = opened;
        used = opened.size();
        live = cost(index);
    }

    private static long cost(Map<Cid, Place> blocks) {
        return blocks.values().stream().mapToLong(Place::cost).sum();
    }

    long used() {
        return used;
    }

    /** The block's bytes; null where it is not in the index, or the file holds something else. On a reader's thread. */
    byte @Nullable [] read(Cid cid) {
        replaced.readLock().lock();
        try {
            BlockFile current = file;
            if (current == null) {
                throw new UncheckedIOException(why());
            }
            Place place = index.get(cid);
            return place == null ? null : current.read(place.number());
        } catch (MVStoreException e) {
            if (e.getErrorCode() == DataUtils.ERROR_FILE_CORRUPT || e.getErrorCode() == DataUtils.ERROR_CHUNK_NOT_FOUND) {
                LOG.warn("block {} cannot be read: {}", cid, e.getMessage());
                return null;
            }
            throw e;
        } finally {
            replaced.readLock().unlock();
        }
    }

    private StorageException why() {
        StorageException known = failure;
        return known != null ? known : new StorageException("the block store is closed");
    }

    /** Hands a request over; its future is completed in any case. */
    void ask(MvRequest request) {
        queue.add(request);
        if (file == null) {
            refuseTheRest();
        }
    }

    private void refuseTheRest() {
        for (MvRequest late = queue.poll(); late != null; late = queue.poll()) {
            if (late instanceof Stop) {
                late.done().complete(null);
            } else {
                late.done().completeExceptionally(why());
            }
        }
    }

    @Override
    public void run() {
        List<MvRequest> batch = new ArrayList<>();
        while (file != null) {
            batch.clear();
            try {
                batch.add(queue.take());
                queue.drainTo(batch, MAX_BATCH);
                serve(batch);
            } catch (InterruptedException e) {
                LOG.warn("somebody interrupts the block store's writer; it goes on", e);
            } catch (RuntimeException | Error e) {
                LOG.error("the block store's writer failed: nothing can be stored until it is opened again", e);
                fail(batch, new StorageException("the block store failed", e));
                end(new StorageException("the block store failed", e));
            }
        }
        refuseTheRest();
    }

    private void serve(List<MvRequest> batch) {
        MvRequest stop = batch.stream().filter(Stop.class::isInstance).findFirst().orElse(null);
        batch.removeIf(r -> r instanceof Stop);
        BlockFile current = file;
        try {
            if (current != null) {
                change(batch, new Change(current));
            } else {
                fail(batch, why());
            }
        } finally {
            if (stop != null) {
                close(stop);
            }
        }
    }

    /** Changes, commits and syncs; requests that fail are told so. */
    private void change(List<MvRequest> batch, Change change) {
        try {
            batch.removeIf(r -> !apply(r, change));
            settle(change);
            used = change.file.size();
            if (used > SMALL && live < used / 2) {
                compact(change);
            }
            batch.forEach(r -> r.done().complete(null));
        } catch (MVStoreException e) {
            StorageException why = BlockFile.explained(e, name);
            LOG.warn("the block store cannot commit: {}", why.getMessage());
            change.file.abandon();
            if (syncing) {
                end(new StorageException("the disk did not take what was written: the block store is closed until its "
                        + "module is started again", e));
            } else {
                openAgain();
            }
            fail(batch, why);
        }
    }

    /** What was changed becomes durable, then visible. */
    private void settle(Change change) {
        if (!change.isEmpty()) {
            change.file.commit();
            syncing = true;
            change.file.sync();
            syncing = false;
            change.show();
        }
    }

    private void fail(List<MvRequest> batch, StorageException why) {
        batch.forEach(r -> r.done().completeExceptionally(why));
    }

    private void close(MvRequest stop) {
        BlockFile last = file;
        file = null;
        if (last != null) {
            try {
                last.close();
            } catch (MVStoreException e) {
                // What was acknowledged is on the disk.
                LOG.warn("{} could not be closed in order: {}", name, e.getMessage());
                last.abandon();
            }
        }
        stop.done().complete(null);
    }

    private void end(StorageException why) {
        failure = why;
        file = null;
    }

    /** The file holds the last commit that was synced, or one more. */
    private void openAgain() {
        try {
            file = new BlockFile(name, index);
            live = cost(index);
        } catch (IOException e) {
            LOG.error("{} cannot be opened again", name, e);
            end(new StorageException("the block store cannot be opened again: " + e.getMessage(), e));
        }
    }

    /** False where the request was answered with a refusal. */
    private boolean apply(MvRequest request, Change change) {
        if (request instanceof Remove remove) {
            change.remove(remove.cid());
            return true;
        }
        Put put = (Put) request;
        List<Block> wanted = put.blocks().stream().filter(b -> !change.has(b.cid())).toList();
        long bytes = wanted.stream().mapToLong(b -> Place.cost(b.size())).sum();
        if (!wanted.isEmpty() && !fits(change, bytes)) {
            put.done().completeExceptionally(new QuotaExceededException("the " + quota.getAsLong()
                    + " bytes that are offered here are used up"));
            return false;
        }
        wanted.forEach(change::add);
        return true;
    }

    /** Whether so many bytes more fit, if need be after dead ones were given back. */
    private boolean fits(Change change, long bytes) {
        if (used + change.bytes + bytes + COMMIT_BYTES <= quota.getAsLong()) {
            return true;
        }
        settle(change);
        used = change.file.size();
        boolean worthIt = used - live - COMMIT_BYTES > used / WORTH_IT
                && live + bytes + 2 * COMMIT_BYTES <= quota.getAsLong();
        if (worthIt) {
            compact(change);
        }
        return used + bytes + COMMIT_BYTES <= quota.getAsLong();
    }

    /**
     * Copies what is alive into a file beside, and puts that in the place of this one. MVStore's own compaction moves
     * pages within the file, which grows by that first.
     */
    private void compact(Change change) {
        BlockFile fresh = null;
        try {
            fresh = new BlockFile(beside().toString(), new HashMap<>());
            change.file.copyTo(fresh, index);
            fresh.close();
            change.file = replace(change.file);
        } catch (IOException | MVStoreException e) {
            LOG.warn("{} is not compacted: {}", name, e.getMessage());
            if (fresh != null) {
                fresh.abandon();
            }
        }
        used = change.file.size();
    }

    private BlockFile replace(BlockFile old) throws IOException {
        replaced.writeLock().lock();
        try {
            old.close();
            try {
                Files.move(beside(), path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                syncFolder();
            } finally {
                file = new BlockFile(name, index);
            }
            return file;
        } finally {
            replaced.writeLock().unlock();
        }
    }

    private Path beside() {
        return path.resolveSibling("blocks.new");
    }

    private void syncFolder() throws IOException {
        if (File.separatorChar != '\\') {
            try (FileChannel folder = FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }

    /** What a batch does, before the index shows it. */
    private final class Change {

        private BlockFile file;
        private final Map<Cid, Place> placed = new HashMap<>();
        private final Map<Cid, Place> removed = new HashMap<>();
        private long bytes;

        Change(BlockFile file) {
            this.file = file;
        }

        boolean isEmpty() {
            return placed.isEmpty() && removed.isEmpty();
        }

        boolean has(Cid cid) {
            return placed.containsKey(cid) || index.containsKey(cid) && !removed.containsKey(cid);
        }

        void add(Block block) {
            // The same block may stand in a call twice.
            if (!has(block.cid())) {
                byte[] copy = new byte[block.size()];
                block.data().get(copy);
                placed.put(block.cid(), file.add(block.cid(), copy));
                bytes += Place.cost(copy.length);
            }
        }

        void remove(Cid cid) {
            Place place = placed.remove(cid);
            Place old = index.get(cid);
            if (place != null) {
                file.remove(place.number());
            } else if (old != null && removed.put(cid, old) == null) {
                file.remove(old.number());
            }
        }

        void show() {
            live += cost(placed) - cost(removed);
            removed.forEach(index::remove);
            index.putAll(placed);
            placed.clear();
            removed.clear();
            bytes = 0;
        }
    }
}
