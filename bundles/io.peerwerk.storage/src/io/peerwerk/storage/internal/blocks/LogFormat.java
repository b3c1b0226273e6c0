// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.Block;
import org.jspecify.annotations.Nullable;

/** The bytes of headers and records; see the package for the picture. */
final class LogFormat {

    static final int VERSION = 1;
    static final int MARKER_BYTES = 8;
    /** Bytes of a segment's header. */
    static final int SEGMENT_HEADER = 32;
    /** Bytes of a record before its CID. */
    static final int RECORD_HEADER = MARKER_BYTES + 14;
    /** The longest CID: twice what one with a SHA2-512 digest needs at most. */
    static final int MAX_CID = 160;

    private static final byte[] MAGIC = {'P', 'W', 'B', 'L', 'O', 'C', 'K', 'S'};
    private static final int MARKER_AT = 16;

    private LogFormat() {
    }

    /** What a record does. */
    enum Kind {
        PUT, REMOVE;

        static @Nullable Kind of(int code) {
            return code >= 0 && code < values().length ? values()[code] : null;
        }
    }

    /**
     * A record without its data.
     *
     * @param dataCrc the data's checksum
     */
    record Header(Kind kind, Cid cid, int dataLength, int dataCrc, int headerLength) {

        /** Bytes of the record. */
        int length() {
            return headerLength + dataLength;
        }
    }

    /**
     * Whether the store takes blocks with such a CID: its hash must be one that can be checked and is no data itself.
     */
    static boolean storable(Cid cid) {
        long code = cid.hash().code();
        return code == Multihash.SHA2_256 || code == Multihash.SHA2_512;
    }

    /** How many bytes a record takes. */
    static int recordLength(Cid cid, int dataLength) {
        return RECORD_HEADER + cid.toBytes().length + dataLength;
    }

    /** A segment's header where nothing was before it. */
    static byte[] segmentHeader(byte[] marker) {
        return segmentHeader(marker, Before.NOTHING);
    }

    static byte[] segmentHeader(byte[] marker, Before before) {
        ByteBuffer header = ByteBuffer.allocate(SEGMENT_HEADER).put(MAGIC).putInt(VERSION).putInt(0).put(marker)
                .putShort((short) before.distance()).putShort((short) (before.length() >>> Integer.SIZE))
                .putInt((int) before.length());
        header.putInt(12, headerCrc(header.array()));
        return header.array();
    }

    /**
     * What a segment's header says of the segment before it, so that nobody believes what a failed fsync left there.
     *
     * @param distance by how much that one's number is smaller; 0: nothing is said
     * @param length how many of its bytes count
     */
    record Before(int distance, long length) {

        static final Before NOTHING = new Before(0, 0);
        private static final int MAX_DISTANCE = 0xFFFF;
        private static final long MAX_LENGTH = 0xFFFF_FFFF_FFFFL;

        /** What can be said of that segment; nothing where the numbers are out of all bounds. */
        static Before of(long distance, long length) {
            return distance > MAX_DISTANCE || length > MAX_LENGTH ? NOTHING : new Before((int) distance, length);
        }
    }

    /** What a header, whose marker was read, says of the segment before. */
    static Before before(byte[] header) {
        ByteBuffer in = ByteBuffer.wrap(header, MARKER_AT + MARKER_BYTES, Long.BYTES);
        int distance = in.getShort() & 0xFFFF;
        long length = (in.getShort() & 0xFFFFL) << Integer.SIZE;
        return new Before(distance, length | in.getInt() & 0xFFFF_FFFFL);
    }

    /** The marker in a segment's header, or null where that is no header; a newer version's is refused. */
    static byte @Nullable [] marker(byte[] header) throws FormatException {
        if (header.length != SEGMENT_HEADER || !Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(header);
        if (in.getInt(12) != headerCrc(header)) {
            return null;
        }
        int version = in.getInt(8);
        if (version != VERSION) {
            throw new FormatException("the block store was written by a newer version (format " + version + ")");
        }
        return Arrays.copyOfRange(header, MARKER_AT, MARKER_AT + MARKER_BYTES);
    }

    private static int headerCrc(byte[] header) {
        CRC32C crc = new CRC32C();
        crc.update(header, 0, 12);
        crc.update(header, MARKER_AT, SEGMENT_HEADER - MARKER_AT);
        return (int) crc.getValue();
    }

    static int crc(ByteBuffer data) {
        CRC32C crc = new CRC32C();
        crc.update(data.duplicate());
        return (int) crc.getValue();
    }

    /** A record's header and CID; the marker, which depends on the segment, is filled in when it is written. */
    static byte[] recordHeader(Kind kind, Cid cid, int dataLength, int dataCrc) {
        byte[] id = cid.toBytes();
        ByteBuffer header = ByteBuffer.allocate(RECORD_HEADER + id.length);
        header.position(MARKER_BYTES + 4);
        header.putInt(dataLength).putInt(dataCrc).put((byte) kind.ordinal()).put((byte) id.length).put(id);
        header.putInt(MARKER_BYTES, crc(header.slice(MARKER_BYTES + 4, header.capacity() - MARKER_BYTES - 4)));
        return header.array();
    }

    /**
     * Reads the header of a record.
     *
     * @param in begins with the record; may end in it
     * @return null where there is no valid one
     */
    static @Nullable Header header(ByteBuffer in, byte[] marker) {
        int start = in.position();
        if (in.remaining() < RECORD_HEADER) {
            return null;
        }
        int cidLength = in.get(start + RECORD_HEADER - 1) & 0xFF;
        int length = RECORD_HEADER + cidLength;
        if (!in.slice(start, MARKER_BYTES).equals(ByteBuffer.wrap(marker)) || cidLength > MAX_CID
                || in.remaining() < length) {
            return null;
        }
        int body = start + MARKER_BYTES + 4;
        Kind kind = Kind.of(in.get(body + 8));
        int dataLength = in.getInt(body);
        if (in.getInt(start + MARKER_BYTES) != crc(in.slice(body, length - MARKER_BYTES - 4))
                || kind == null || dataLength < 0 || dataLength > Block.MAX_BYTES) {
            return null;
        }
        byte[] id = new byte[cidLength];
        in.get(start + RECORD_HEADER, id);
        try {
            Cid cid = Cid.read(id);
            return storable(cid) ? new Header(kind, cid, dataLength, in.getInt(body + 4), length) : null;
        } catch (FormatException e) {
            return null;
        }
    }
}
