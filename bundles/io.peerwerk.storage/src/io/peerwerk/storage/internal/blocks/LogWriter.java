// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongSupplier;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.QuotaExceededException;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.internal.blocks.LogRequest.Compact;
import io.peerwerk.storage.internal.blocks.LogRequest.Entry;
import io.peerwerk.storage.internal.blocks.LogRequest.Put;
import io.peerwerk.storage.internal.blocks.LogRequest.Remove;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that appends. It is a platform thread of its own, which nobody interrupts: an interrupt in the middle
 * of a write would close the file.
 */
final class LogWriter implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);
    /** Requests that share one fsync. */
    private static final int MAX_BATCH = 256;
    /** A sealed segment is compacted by itself when it would give back more than this part of its bytes. */
    private static final double WASTEFUL = 0.5;

    private final Disk disk;
    private final SegmentLog log;
    private final BlockIndex index;
    private final LongSupplier quota;
    private final BlockingQueue<LogRequest> queue = new LinkedBlockingQueue<>();
    /** Ends the loop once everything before it in the queue is done. */
    private final Remove stop = new Remove(Cid.raw(new byte[0]), new CompletableFuture<>());
    private @Nullable Compaction compaction;
    private volatile long used;
    private volatile boolean ended;

    LogWriter(Disk disk, SegmentLog log, BlockIndex index, LongSupplier quota) {
        this.disk = disk;
        this.log = log;
        this.index = index;
        this.quota = quota;
        used = log.used();
    }

    long used() {
        return used;
    }

    /** Hands a request over; its future is completed in any case. */
    void ask(LogRequest request) {
        queue.add(request);
        if (ended) {
            refuseTheRest();
        }
    }

    /** Finishes what was asked for so far, then ends. */
    void stop() {
        queue.add(stop);
    }

    void awaitEnd() {
        stop.done().join();
    }

    @Override
    public void run() {
        List<LogRequest> batch = new ArrayList<>();
        try {
            loop(batch);
        } catch (RuntimeException | Error e) {
            LOG.error("the block store's writer failed: nothing can be stored until it is opened again", e);
            batch.forEach(r -> r.done().completeExceptionally(new StorageException("the block store failed", e)));
        }
        log.seal();
        ended = true;
        refuseTheRest();
        stop.done().complete(null);
    }

    private void refuseTheRest() {
        for (LogRequest late = queue.poll(); late != null; late = queue.poll()) {
            late.done().completeExceptionally(new StorageException("the block store is closed"));
        }
    }

    private void loop(List<LogRequest> batch) {
        boolean running = true;
        while (running) {
            running = turn(batch);
        }
    }

    /** Serves what waits, or waits for something if nothing else is to be done; false when it was the last turn. */
    boolean turn(List<LogRequest> batch) {
        batch.clear();
        take(batch);
        boolean running = !batch.remove(stop);
        serve(batch);
        if (running) {
            compactALittle();
        }
        used = log.used();
        // Only now, so that a caller sees its own put in the figures.
        batch.forEach(r -> r.done().complete(null));
        return running;
    }

    private void take(List<LogRequest> batch) {
        try {
            if (compaction == null) {
                batch.add(queue.take());
            }
            LogRequest next = batch.contains(stop) ? null : queue.poll();
            while (next != null) {
                batch.add(next);
                next = next == stop || batch.size() >= MAX_BATCH ? null : queue.poll();
            }
        } catch (InterruptedException e) {
            LOG.warn("somebody interrupts the block store's writer; it goes on", e);
        }
    }

    /** Writes and syncs; requests that fail are told so and leave the batch. */
    private void serve(List<LogRequest> batch) {
        Map<Cid, Location> placed = new HashMap<>();
        List<Cid> removed = new ArrayList<>();
        try {
            if (!batch.isEmpty()) {
                log.makeSure();
            }
            for (LogRequest request : List.copyOf(batch)) {
                switch (request) {
                    case Put put -> put(put, placed, removed, batch);
                    case Remove remove -> remove(remove.cid(), placed, removed);
                    case Compact compact -> compactAll(placed, removed);
                }
            }
            settle(placed, removed);
        } catch (IOException e) {
            log.recover();
            IOException why = explained(e);
            LOG.warn("the block store cannot append: {}", why.getMessage());
            batch.forEach(r -> r.done().completeExceptionally(why));
            batch.clear();
        }
    }

    private static IOException explained(IOException e) {
        String message = String.valueOf(e.getMessage());
        boolean full = message.contains("No space left") || message.contains("not enough space");
        return full ? new StorageException("the disk that holds the block store is full", e)
                : new StorageException("the block store cannot write: " + message, e);
    }

    /** Everything that was appended so far becomes durable, then visible. */
    private void settle(Map<Cid, Location> placed, List<Cid> removed) throws IOException {
        log.sync();
        placed.forEach(index::put);
        removed.forEach(index::remove);
        placed.clear();
        removed.clear();
    }

    private void put(Put put, Map<Cid, Location> placed, List<Cid> removed, List<LogRequest> batch)
            throws IOException {
        if (!removed.isEmpty()) {
            // What was removed a moment ago must be gone from the index before it can be put again.
            settle(placed, removed);
        }
        List<Entry> wanted = new ArrayList<>();
        long bytes = 0;
        for (Entry entry : put.entries()) {
            Cid cid = entry.block().cid();
            if (!index.has(cid) && !placed.containsKey(cid)) {
                wanted.add(entry);
                bytes += entry.length();
            }
        }
        if (bytes > 0 && !fits(bytes)) {
            settle(placed, removed);
            reclaim(bytes);
        }
        if (bytes > 0 && !fits(bytes)) {
            batch.remove(put);
            put.done().completeExceptionally(new QuotaExceededException("the " + quota.getAsLong()
                    + " bytes that are offered here are used up"));
            return;
        }
        for (Entry entry : wanted) {
            Cid cid = entry.block().cid();
            // The same block may stand in a call twice.
            if (!placed.containsKey(cid) && !index.has(cid)) {
                Head head = head(entry.length(), placed, removed);
                placed.put(cid, head.append(entry.header(), entry.block().data()));
            }
        }
    }

    /**
     * Where the next record goes. A segment that is full becomes durable before the next one begins, which may fail: what
     * it holds is visible by then, or the index would say other things than the disk.
     */
    private Head head(int recordLength, Map<Cid, Location> placed, List<Cid> removed) throws IOException {
        if (log.rolls(recordLength)) {
            settle(placed, removed);
        }
        return log.head(recordLength);
    }

    private boolean fits(long bytes) {
        return log.used() + bytes + LogFormat.SEGMENT_HEADER <= quota.getAsLong();
    }

    private void remove(Cid cid, Map<Cid, Location> placed, List<Cid> removed) throws IOException {
        if (placed.containsKey(cid)) {
            settle(placed, removed);
        }
        if (index.has(cid) && !removed.contains(cid)) {
            byte[] header = LogFormat.recordHeader(LogFormat.Kind.REMOVE, cid, 0, 0);
            Location tombstone = head(header.length, placed, removed).append(header, ByteBuffer.allocate(0));
            tombstone.segment().tombstones.addAndGet(tombstone.recordLength());
            removed.add(cid);
        }
    }

    private void compactAll(Map<Cid, Location> placed, List<Cid> removed) throws IOException {
        settle(placed, removed);
        reclaim(Long.MAX_VALUE);
    }

    /** Compacts until so many bytes fit, or nothing more can be had. */
    private void reclaim(long bytes) throws IOException {
        compaction = null;
        if (log.headIsWasteful()) {
            log.sync();
            log.seal();
        }
        Optional<Segment> next = log.wasteful(0);
        while (next.isPresent() && (bytes == Long.MAX_VALUE || !fits(bytes))) {
            compactWhole(next.get());
            next = log.wasteful(0);
        }
    }

    /** A segment that cannot be read is passed over: others may give enough. */
    private void compactWhole(Segment segment) throws IOException {
        try {
            Compaction whole = new Compaction(disk, log, index, segment);
            boolean gone = whole.step();
            while (!gone) {
                gone = whole.step();
            }
        } catch (IOException e) {
            if (!segment.unreadable) {
                throw e;
            }
            LOG.warn("{} cannot be read and is not compacted: {}", segment.name(), e.getMessage());
            log.recover();
        }
    }

    private void compactALittle() {
        try {
            if (compaction == null) {
                Optional<Segment> wasteful = log.wasteful(WASTEFUL);
                if (wasteful.isEmpty()) {
                    return;
                }
                compaction = new Compaction(disk, log, index, wasteful.get());
            }
            if (compaction.step()) {
                compaction = null;
            }
        } catch (IOException e) {
            compaction = null;
            log.recover();
            LOG.warn("a compaction of the block store is put off: {}", explained(e).getMessage());
        }
    }
}
