// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.internal.blocks.LogFormat.Header;
import io.peerwerk.storage.internal.blocks.LogFormat.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what is alive in a segment to the head, in steps between which the writer serves others, and deletes the
 * segment in the end. May be given up at any point: records that stand twice in the log are harmless.
 */
final class Compaction {

    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);
    /** Bytes that are copied in one step: what a waiting put is held up by. */
    private static final int STEP_BYTES = 4 << 20;

    private final Disk disk;
    private final SegmentLog log;
    private final BlockIndex index;
    private final Segment segment;
    private final Deque<Found> todo = new ArrayDeque<>();

    private record Found(Header header, long position) {
    }

    private record Moved(Cid cid, Location from, Location to) {
    }

    Compaction(Disk disk, SegmentLog log, BlockIndex index, Segment segment) throws IOException {
        this.disk = disk;
        this.log = log;
        this.index = index;
        this.segment = segment;
        SegmentReader reader = new SegmentReader(disk, segment.name());
        reader.read(segment.marker, false, new SegmentReader.Visitor() {

            @Override
            public void record(Header header, long position) {
                todo.add(new Found(header, position));
            }

            @Override
            public void damaged(long position, long bytes, @Nullable Header header) {
                // Reported when the log was opened; dropped now.
            }
        });
        if (reader.unreadable()) {
            segment.unreadable = true;
            throw new IOException(segment.name() + " cannot be read whole");
        }
    }

    /** Copies some of it; true when the segment is gone. */
    boolean step() throws IOException {
        List<Moved> moved = new ArrayList<>();
        long copied = 0;
        boolean oldest = log.isOldest(segment);
        while (!todo.isEmpty() && copied < STEP_BYTES) {
            Found found = todo.peek();
            if (found.header().kind() == Kind.REMOVE) {
                copied += oldest || index.has(found.header().cid()) ? 0 : copyTombstone(found);
            } else {
                copied += copyIfAlive(found, moved);
            }
            todo.remove();
        }
        log.sync();
        for (Moved move : moved) {
            index.move(move.cid(), move.from(), move.to());
        }
        if (!todo.isEmpty()) {
            return false;
        }
        log.delete(segment);
        return true;
    }

    private long copyTombstone(Found found) throws IOException {
        Location to = log.head(found.header().length()).append(found.header(), ByteBuffer.allocate(0));
        to.segment().tombstones.addAndGet(to.recordLength());
        return to.recordLength();
    }

    private ByteBuffer read(Location from) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(from.dataLength());
        try {
            disk.read(segment.name(), from.position() + from.headerLength(), data);
        } catch (IOException e) {
            // It may be readable again one day: the segment stays, and is in nobody's way.
            segment.unreadable = true;
            throw e;
        }
        return data.flip();
    }

    private long copyIfAlive(Found found, List<Moved> moved) throws IOException {
        Header header = found.header();
        Location from = index.get(header.cid());
        if (from == null || from.segment() != segment || from.position() != found.position()) {
            return 0;
        }
        ByteBuffer data = read(from);
        if (LogFormat.crc(data) != header.dataCrc()) {
            LOG.warn("{}: the record of {} is damaged: dropped", segment.name(), header.cid());
            log.damaged().incrementAndGet();
            index.drop(header.cid(), from);
            return 0;
        }
        moved.add(new Moved(header.cid(), from, log.head(header.length()).append(header, data)));
        return header.length();
    }
}
