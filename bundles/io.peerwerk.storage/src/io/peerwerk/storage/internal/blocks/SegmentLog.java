// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

import io.peerwerk.storage.internal.blocks.LogFormat.Header;
import io.peerwerk.storage.internal.blocks.LogFormat.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The segments: found again at opening, begun and deleted later. Changed by one thread, asked for sizes by any. */
final class SegmentLog {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentLog.class);
    private static final int BUFFER = 1 << 20;

    private final Disk disk;
    private final BlockIndex index;
    private final long segmentBytes;
    private final SecureRandom random = new SecureRandom();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final ConcurrentSkipListMap<Long, Segment> segments = new ConcurrentSkipListMap<>();
    private @Nullable Head head;
    private final AtomicLong damaged = new AtomicLong();

    SegmentLog(Disk disk, BlockIndex index, long segmentBytes) {
        this.disk = disk;
        this.index = index;
        this.segmentBytes = segmentBytes;
    }

    /** Reads what is there into the index and cuts a torn end off. */
    void open() throws IOException {
        var numbers = disk.list().stream().map(Segment::number).filter(n -> n >= 0).sorted().toList();
        for (Long number : numbers) {
            boolean newest = number.equals(numbers.getLast());
            open(number, newest);
        }
    }

    private void open(long number, boolean newest) throws IOException {
        String name = Segment.name(number);
        SegmentReader reader = new SegmentReader(disk, name);
        byte[] marker = reader.marker();
        long size = disk.size(name);
        if (marker == null) {
            if (newest) {
                // Its creation was cut short: no record can have been acknowledged.
                disk.delete(name);
                disk.sync();
            } else {
                damaged.incrementAndGet();
                LOG.warn("{} has no readable header: what its {} bytes held is lost here", name, size);
                segments.put(number, new Segment(number, new byte[LogFormat.MARKER_BYTES], size));
            }
            return;
        }
        Segment segment = new Segment(number, marker, size);
        segments.put(number, segment);
        Replay replay = new Replay(segment);
        long end = reader.read(marker, newest, replay);
        replay.report(newest ? end : Long.MAX_VALUE);
        if (newest) {
            cutAndContinue(segment, end);
        }
    }

    private void cutAndContinue(Segment segment, long end) throws IOException {
        Disk.Appender file = disk.append(segment.name(), false);
        if (end < segment.size) {
            LOG.info("{}: {} bytes of an append that was cut short are taken back", segment.name(), segment.size - end);
            file.truncate(end);
            file.sync();
            segment.size = end;
        }
        if (end < segmentBytes) {
            head = new Head(segment, file, buffer);
        } else {
            file.close();
        }
    }

    /** The head with room for one more record; begins a segment where there is none or the last one is full. */
    Head head(int recordLength) throws IOException {
        Head current = head;
        if (current != null && current.end() > LogFormat.SEGMENT_HEADER
                && current.end() + recordLength > segmentBytes) {
            current.sync();
            seal();
            current = null;
        }
        return current != null ? current : begin();
    }

    private Head begin() throws IOException {
        long number = segments.isEmpty() ? 1 : segments.lastKey() + 1;
        byte[] marker = new byte[LogFormat.MARKER_BYTES];
        random.nextBytes(marker);
        Segment segment = new Segment(number, marker, LogFormat.SEGMENT_HEADER);
        Disk.Appender file = disk.append(segment.name(), true);
        try {
            file.write(ByteBuffer.wrap(LogFormat.segmentHeader(marker)));
            file.sync();
            disk.sync();
        } catch (IOException e) {
            file.close();
            disk.delete(segment.name());
            throw e;
        }
        segments.put(number, segment);
        Head begun = new Head(segment, file, buffer);
        head = begun;
        return begun;
    }

    /** Makes everything that was appended durable. */
    void sync() throws IOException {
        if (head != null) {
            head.sync();
        }
    }

    /**
     * After a failed append: back to the last durable length. If that fails, too, or if it was the fsync that failed,
     * nobody knows what is on the disk, and the file is never appended to again.
     */
    void recover() {
        Head failed = head;
        if (failed == null) {
            return;
        }
        try {
            if (!failed.broken()) {
                failed.rollBack();
                return;
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be cut back: {}", failed.segment().name(), e.getMessage());
        }
        leave(failed);
    }

    private void leave(Head failed) {
        Segment segment = failed.segment();
        try {
            segment.size = Math.max(segment.size, disk.size(segment.name()));
        } catch (IOException e) {
            segment.size = Math.max(segment.size, failed.end());
        }
        seal();
    }

    /** Ends the head; the next record begins a segment. */
    void seal() {
        Head sealed = head;
        head = null;
        if (sealed != null) {
            try {
                sealed.close();
            } catch (IOException e) {
                LOG.warn("{} could not be closed: {}", sealed.segment().name(), e.getMessage());
            }
        }
    }

    /** The sealed segment that gives back most, if it gives back at least {@code share} of its bytes. */
    Optional<Segment> wasteful(double share) {
        Segment best = null;
        for (Segment segment : segments.values()) {
            if (isHead(segment) || segment.reclaimable(isOldest(segment)) <= share * segment.size) {
                continue;
            }
            if (best == null || segment.reclaimable(isOldest(segment)) > best.reclaimable(isOldest(best))) {
                best = segment;
            }
        }
        return Optional.ofNullable(best);
    }

    boolean isHead(Segment segment) {
        return head != null && head.segment() == segment;
    }

    /** Whether the head, if it were sealed, would give bytes back. */
    boolean headIsWasteful() {
        return head != null && head.segment().reclaimable(isOldest(head.segment())) > 0;
    }

    boolean isOldest(Segment segment) {
        return segments.firstKey() == segment.number;
    }

    void delete(Segment segment) throws IOException {
        disk.delete(segment.name());
        segments.remove(segment.number);
        disk.sync();
    }

    /** Bytes of all files, with what was appended and not synced yet. */
    long used() {
        long sum = 0;
        for (Segment segment : segments.values()) {
            sum += isHead(segment) ? head.end() : segment.size;
        }
        return sum;
    }

    /** Counts damaged records that were met. */
    AtomicLong damaged() {
        return damaged;
    }

    /** Brings records into the index, in log order. */
    private final class Replay implements SegmentReader.Visitor {

        private final Segment segment;
        private long firstDamage = -1;
        private long damages;

        Replay(Segment segment) {
            this.segment = segment;
        }

        @Override
        public void record(Header header, long position) {
            if (header.kind() == Kind.REMOVE) {
                segment.tombstones.addAndGet(header.length());
                index.remove(header.cid());
            } else {
                index.put(header.cid(), new Location(segment, position, header.headerLength(), header.dataLength()));
            }
        }

        @Override
        public void damaged(long position, long bytes, @Nullable Header header) {
            if (firstDamage < 0) {
                firstDamage = position;
            }
            damages++;
        }

        /** Damage from {@code tornFrom} on is no damage but an append that was cut short. */
        void report(long tornFrom) {
            if (firstDamage >= 0 && firstDamage < tornFrom) {
                damaged.addAndGet(damages);
                LOG.warn("{} has {} damaged places, the first at byte {}: what they held is lost here",
                        segment.name(), damages, firstDamage);
            }
        }
    }
}
