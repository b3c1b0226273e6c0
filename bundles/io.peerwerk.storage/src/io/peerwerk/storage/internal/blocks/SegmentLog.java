// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

import io.peerwerk.storage.internal.blocks.LogFormat.Before;
import io.peerwerk.storage.internal.blocks.LogFormat.Header;
import io.peerwerk.storage.internal.blocks.LogFormat.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The segments: found again at opening, begun and deleted later. Changed by one thread, asked for sizes by any. */
final class SegmentLog {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentLog.class);
    private static final int BUFFER = 1 << 20;
    /** How many damaged records of a segment are named in the log. */
    private static final int NAMED = 20;

    private final Disk disk;
    private final BlockIndex index;
    private final long segmentBytes;
    private final SecureRandom random = new SecureRandom();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final ConcurrentSkipListMap<Long, Segment> segments = new ConcurrentSkipListMap<>();
    private @Nullable Head head;
    /** The number of the next segment; none is given twice. */
    private long next = 1;
    private volatile boolean unsure;
    /** Whether a deletion is not known to be durable. */
    private boolean unsynced;
    private final AtomicLong damaged = new AtomicLong();

    SegmentLog(Disk disk, BlockIndex index, long segmentBytes) {
        this.disk = disk;
        this.index = index;
        this.segmentBytes = segmentBytes;
    }

    /** Reads what is there into the index, cuts a torn end off, and makes durable what it is going to believe. */
    void open() throws IOException {
        TreeMap<Long, SegmentReader> readers = new TreeMap<>();
        Map<Long, Long> said = new HashMap<>();
        for (long number : disk.list().stream().map(Segment::number).filter(n -> n >= 0).toList()) {
            next = Math.max(next, number + 1);
            SegmentReader reader = new SegmentReader(disk, Segment.name(number));
            boolean cutShort = reader.marker() == null && reader.size() <= LogFormat.SEGMENT_HEADER;
            if (cutShort && !reader.unreadable()) {
                // Its creation was cut short: the header is on the disk before a record is.
                delete(Segment.name(number));
                continue;
            }
            readers.put(number, reader);
            if (reader.before().distance() > 0) {
                said.put(number - reader.before().distance(), reader.before().length());
            }
        }
        // A process that was killed may have left a file whose name is in memory only.
        syncFolder();
        for (Map.Entry<Long, SegmentReader> reader : readers.entrySet()) {
            long number = reader.getKey();
            open(number, reader.getValue(), said.get(number), number == readers.lastKey());
        }
    }

    private void open(long number, SegmentReader found, @Nullable Long said, boolean newest) throws IOException {
        String name = Segment.name(number);
        SegmentReader reader = said != null && found.size() > said ? cutTo(name, said) : found;
        if (said != null && found.size() < said) {
            damaged.incrementAndGet();
            LOG.warn("{} ends at byte {} of {}: what followed is lost here", name, found.size(), said);
        }
        byte[] marker = reader.marker();
        if (marker == null) {
            damaged.incrementAndGet();
            LOG.warn("{} has no readable header: what its {} bytes held is lost here", name, reader.size());
            segments.put(number, new Segment(number, new byte[LogFormat.MARKER_BYTES], reader.size()));
            return;
        }
        Segment segment = new Segment(number, marker, reader.size());
        segments.put(number, segment);
        Replay replay = new Replay(segment);
        long end = reader.read(marker, newest, replay);
        segment.unreadable = reader.unreadable();
        boolean continued = newest && !segment.unreadable;
        replay.report(continued ? end : Long.MAX_VALUE);
        if (continued) {
            cutAndContinue(segment, end, replay.voided);
        }
    }

    /** Removes what a failed fsync left behind, and nobody was told is there. */
    private SegmentReader cutTo(String name, long length) throws IOException {
        LOG.info("{}: what follows byte {} was never acknowledged and is taken back", name, length);
        try (Disk.Appender file = disk.append(name, false)) {
            file.truncate(length);
            file.sync();
        }
        return new SegmentReader(disk, name);
    }

    private void cutAndContinue(Segment segment, long end, List<Long> voided) throws IOException {
        // A process that was killed leaves bytes that no fsync has seen; one that lived through a failed fsync leaves
        // some that none ever will. Whoever puts such a block again is told at once that it is here. And a record whose
        // data is torn must not count for more than an older, whole one when only headers are read.
        disk.rewrite(segment.name(), end, voided.stream().filter(at -> at < end).toList());
        Disk.Appender file = disk.append(segment.name(), false);
        try {
            if (end < segment.size) {
                LOG.info("{}: {} bytes of an append that was cut short are taken back", segment.name(),
                        segment.size - end);
                file.truncate(end);
                file.sync();
                segment.size = end;
                segment.valid = end;
            }
        } catch (IOException e) {
            file.close();
            throw e;
        }
        if (end < segmentBytes) {
            head = new Head(segment, file, buffer);
        } else {
            file.close();
        }
    }

    /** Whether a record of this length begins a segment, so that everything before it becomes durable. */
    boolean rolls(int recordLength) {
        return head == null || head.end() > LogFormat.SEGMENT_HEADER && head.end() + recordLength > segmentBytes;
    }

    /** The head with room for one more record; begins a segment where there is none or the last one is full. */
    Head head(int recordLength) throws IOException {
        Head current = head;
        if (current != null && rolls(recordLength)) {
            current.sync();
            seal();
            current = null;
        }
        return current != null ? current : begin();
    }

    private Head begin() throws IOException {
        long number = next++;
        byte[] marker = new byte[LogFormat.MARKER_BYTES];
        random.nextBytes(marker);
        Segment segment = new Segment(number, marker, LogFormat.SEGMENT_HEADER);
        Map.Entry<Long, Segment> last = segments.lastEntry();
        Before before = last == null ? Before.NOTHING : Before.of(number - last.getKey(), last.getValue().valid);
        Disk.Appender file = disk.append(segment.name(), true);
        try {
            file.write(ByteBuffer.wrap(LogFormat.segmentHeader(marker, before)));
            file.sync();
            disk.sync();
        } catch (IOException e) {
            abandon(segment.name(), file, e);
            throw e;
        }
        segments.put(number, segment);
        unsure = false;
        Head begun = new Head(segment, file, buffer);
        head = begun;
        return begun;
    }

    private void abandon(String name, Disk.Appender file, IOException why) {
        try (file) {
            delete(name);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    /**
     * Whether the last segment may hold, behind what counts, records of calls that failed. Until the next segment is
     * begun, which says how long that one is, nothing may be answered from the index alone: after a crash the disk could
     * say otherwise.
     */
    boolean unsure() {
        return unsure;
    }

    /** Ends that state, if need be. */
    void makeSure() throws IOException {
        if (unsure) {
            begin();
        }
    }

    /** Makes everything that was appended durable. */
    void sync() throws IOException {
        if (head != null) {
            head.sync();
        }
    }

    /**
     * After a failed append: durably back to the last good length. If that fails, too, or if it was the fsync that
     * failed, nobody knows what is on the disk, and the file is never appended to again.
     */
    void recover() {
        Head failed = head;
        if (failed == null) {
            return;
        }
        try {
            failed.rollBack();
            if (!failed.broken()) {
                return;
            }
        } catch (IOException e) {
            unsure = true;
            LOG.warn("{} cannot be cut back: {}", failed.segment().name(), e.getMessage());
        }
        leave(failed);
    }

    private void leave(Head failed) {
        Segment segment = failed.segment();
        try {
            segment.size = disk.size(segment.name());
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
            if (isHead(segment) || segment.unreadable || bears(segment)
                    || segment.reclaimable(isOldest(segment)) <= share * segment.size) {
                continue;
            }
            if (best == null || segment.reclaimable(isOldest(segment)) > best.reclaimable(isOldest(best))) {
                best = segment;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Whether this segment's header is what keeps the end of the one before from being believed. */
    private boolean bears(Segment segment) {
        Map.Entry<Long, Segment> before = segments.lowerEntry(segment.number);
        return before != null && before.getValue().valid < before.getValue().size;
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
        if (unsynced) {
            // An older segment must not come back after the tombstones in this one went.
            syncFolder();
        }
        disk.delete(segment.name());
        segments.remove(segment.number);
        syncFolder();
    }

    private void delete(String name) throws IOException {
        disk.delete(name);
        syncFolder();
    }

    private void syncFolder() throws IOException {
        unsynced = true;
        disk.sync();
        unsynced = false;
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
        /** Where records with a good header and bad data begin. */
        private final List<Long> voided = new ArrayList<>();
        /** Of the damaged records whose CID can be read. */
        private final List<String> names = new ArrayList<>();

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
            if (header != null) {
                voided.add(position);
                if (names.size() < NAMED) {
                    names.add(header.cid().toString());
                }
            }
            if (firstDamage < 0) {
                firstDamage = position;
            }
            damages++;
        }

        /** Damage from {@code tornFrom} on is, most likely, no damage but an append that was cut short. */
        void report(long tornFrom) {
            if (firstDamage >= 0 && firstDamage < tornFrom) {
                damaged.addAndGet(damages);
                LOG.warn("{} has {} damaged places, the first at byte {}: what they held is lost here {}",
                        segment.name(), damages, firstDamage, names);
            } else if (!names.isEmpty()) {
                LOG.warn("{} ends with a record that is not whole, of {}", segment.name(), names);
            }
        }
    }
}
