// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;

import io.peerwerk.storage.internal.blocks.LogFormat.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Walks through the records of a segment, past whatever is damaged. Never trusts a length before it is checked. */
final class SegmentReader {

    /** Hears what is found. */
    interface Visitor {

        /** A valid record; its data were checked if that was asked for. */
        void record(Header header, long position) throws IOException;

        /**
         * {@code bytes} from {@code position} on are no valid record; {@code header} is known if only the data is bad.
         */
        void damaged(long position, long bytes, @Nullable Header header) throws IOException;
    }

    /** Bytes that are read at once while looking for the next marker. */
    private static final int WINDOW = 1 << 18;
    private static final int SECTOR = 4096;
    private static final Logger LOG = LoggerFactory.getLogger(SegmentReader.class);

    private final Disk disk;
    private final String name;
    private final long size;
    private boolean unreadable;
    private LogFormat.Before before = LogFormat.Before.NOTHING;

    SegmentReader(Disk disk, String name) throws IOException {
        this.disk = disk;
        this.name = name;
        size = disk.size(name);
    }

    /**
     * The segment's marker, or null where there is none. If the header is damaged, the first record's is taken.
     */
    byte @Nullable [] marker() throws IOException {
        byte[] head = bytes(0, (int) Math.min(size, LogFormat.SEGMENT_HEADER));
        byte[] marker = LogFormat.marker(head);
        before = marker == null ? LogFormat.Before.NOTHING : LogFormat.before(head);
        if (marker != null || size < LogFormat.SEGMENT_HEADER + LogFormat.RECORD_HEADER) {
            return marker;
        }
        byte[] candidate = bytes(LogFormat.SEGMENT_HEADER, LogFormat.MARKER_BYTES);
        return header(LogFormat.SEGMENT_HEADER, candidate) == null ? null : candidate;
    }

    /** What the header says of the segment before, after {@link #marker} was called. */
    LogFormat.Before before() {
        return before;
    }

    /** Bytes of the file. */
    long size() {
        return size;
    }

    /**
     * Reads all records.
     *
     * @param checkData whether to read and check the data, too, or only the headers
     * @return the position after the last valid record
     */
    long read(byte[] marker, boolean checkData, Visitor visitor) throws IOException {
        long end = LogFormat.SEGMENT_HEADER;
        long at = LogFormat.SEGMENT_HEADER;
        while (at < size) {
            Header header = header(at, marker);
            if (header != null && at + header.length() <= size) {
                if (!checkData || dataMatches(header, at)) {
                    visitor.record(header, at);
                    end = at + header.length();
                } else {
                    visitor.damaged(at, header.length(), header);
                }
                at += header.length();
            } else {
                long next = find(marker, at + 1);
                visitor.damaged(at, next - at, null);
                at = next;
            }
        }
        return end;
    }

    private boolean dataMatches(Header header, long at) throws IOException {
        byte[] data = bytes(at + header.headerLength(), header.dataLength());
        return LogFormat.crc(ByteBuffer.wrap(data)) == header.dataCrc();
    }

    private @Nullable Header header(long at, byte[] marker) throws IOException {
        int length = (int) Math.min(LogFormat.RECORD_HEADER + LogFormat.MAX_CID, size - at);
        return LogFormat.header(ByteBuffer.wrap(bytes(at, length)), marker);
    }

    /** The next place from {@code from} on where a valid header stands, or the segment's end. */
    private long find(byte[] marker, long from) throws IOException {
        long at = from;
        while (at + LogFormat.RECORD_HEADER <= size) {
            byte[] window = bytes(at, (int) Math.min(WINDOW, size - at));
            for (int i = 0; i + LogFormat.MARKER_BYTES <= window.length; i++) {
                if (window[i] == marker[0] && startsWith(window, i, marker) && header(at + i, marker) != null) {
                    return at + i;
                }
            }
            // A marker may lie across the windows' border.
            at += window.length - LogFormat.MARKER_BYTES + 1;
        }
        return size;
    }

    private static boolean startsWith(byte[] window, int at, byte[] marker) {
        for (int i = 0; i < marker.length; i++) {
            if (window[at + i] != marker[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the disk refused to give some bytes; they were taken for zeros. */
    boolean unreadable() {
        return unreadable;
    }

    private byte[] bytes(long at, int length) throws IOException {
        byte[] bytes = new byte[length];
        try {
            disk.read(name, at, ByteBuffer.wrap(bytes));
        } catch (NoSuchFileException | EOFException e) {
            throw e;
        } catch (IOException e) {
            LOG.warn("{} cannot be read at byte {}: {}", name, at, e.getMessage());
            unreadable = true;
            readAround(at, bytes);
        }
        return bytes;
    }

    /** Reads sector by sector, so that one that cannot be read takes no more with it than it must. */
    private void readAround(long at, byte[] bytes) {
        for (int i = 0; i < bytes.length; i += SECTOR - (int) ((at + i) % SECTOR)) {
            int count = Math.min(bytes.length - i, SECTOR - (int) ((at + i) % SECTOR));
            byte[] piece = new byte[count];
            try {
                disk.read(name, at + i, ByteBuffer.wrap(piece));
                System.arraycopy(piece, 0, bytes, i, count);
            } catch (IOException e) {
                LOG.debug("{}: the sector at byte {} is passed over", name, at + i, e);
            }
        }
    }
}
