// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import java.io.IOException;
import java.nio.ByteBuffer;

import io.peerwerk.storage.internal.blocks.LogFormat.Header;

/** The segment that is appended to. Owned by the writer's thread. */
final class Head {

    private final Segment segment;
    private final Disk.Appender file;
    private final ByteBuffer buffer;
    /** The length up to which everything is on the disk. */
    private long durable;
    /** Where the next record will begin, bytes in the buffer included. */
    private long end;
    private boolean broken;

    /** @param buffer direct memory that the writer lends to one head after the other */
    Head(Segment segment, Disk.Appender file, ByteBuffer buffer) {
        this.segment = segment;
        this.file = file;
        this.buffer = buffer.clear();
        durable = segment.size;
        end = segment.size;
    }

    Segment segment() {
        return segment;
    }

    long end() {
        return end;
    }

    /** Appends a record, {@code header} from {@link LogFormat#recordHeader}; it is on the disk after {@link #sync}. */
    Location append(byte[] header, ByteBuffer data) throws IOException {
        System.arraycopy(segment.marker, 0, header, 0, segment.marker.length);
        Location place = new Location(segment, end, header.length, data.remaining());
        buffered(ByteBuffer.wrap(header));
        buffered(data.duplicate());
        end += place.recordLength();
        return place;
    }

    /** Appends a record as it was read from another segment. */
    Location append(Header header, ByteBuffer data) throws IOException {
        return append(LogFormat.recordHeader(header.kind(), header.cid(), header.dataLength(), header.dataCrc()), data);
    }

    private void buffered(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (!buffer.hasRemaining()) {
                write();
            }
            int count = Math.min(bytes.remaining(), buffer.remaining());
            buffer.put(buffer.position(), bytes, bytes.position(), count);
            buffer.position(buffer.position() + count);
            bytes.position(bytes.position() + count);
        }
    }

    private void write() throws IOException {
        file.write(buffer.flip());
        buffer.clear();
    }

    /** Makes everything that was appended durable. */
    void sync() throws IOException {
        if (end > durable) {
            write();
            broken = true;
            file.sync();
            broken = false;
            durable = end;
            segment.size = end;
            segment.valid = end;
        }
    }

    /** Whether an fsync failed. */
    boolean broken() {
        return broken;
    }

    /** Takes back, durably, what is not durable after a failed append. */
    void rollBack() throws IOException {
        buffer.clear();
        file.truncate(durable);
        file.sync();
        end = durable;
    }

    void close() throws IOException {
        file.close();
    }
}
