// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.car;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.multiformats.Varint;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.internal.ipld.VerifiedBlocks;

/**
 * Reads an archive of version 1 or 2, block by block; holds one of them. Every block has the hash that its CID says. An
 * archive that is cut off within a section, or of version 2 before the end that it names, is refused there; one of
 * version 1 that is cut off between two is not told from a whole one, so who needs all blocks of a graph looks for them.
 * Not thread-safe; closes nothing.
 */
public final class CarReader {

    private static final int MAX_SECTION = Cid.MAX_BYTES + Block.MAX_BYTES;
    private static final int V2_HEADER = 40;
    /** Bytes of version 2 before anything else: the first header behind its length, and the second. */
    private static final int V2_FRONT = 11 + V2_HEADER;

    private final InputStream in;
    private final List<Cid> roots;

    /** Reads the header. */
    public CarReader(InputStream in) throws IOException {
        CarHeader header = header(in);
        if (header.version() == 1) {
            this.in = in;
            this.roots = header.roots();
            return;
        }
        this.in = inside(in);
        CarHeader inner = header(this.in);
        if (inner.version() != 1) {
            throw new FormatException("an archive of version 2 has another one inside");
        }
        this.roots = inner.roots();
    }

    private static CarHeader header(InputStream in) throws IOException {
        return CarHeader.parse(Frames.read(in, CarHeader.MAX_BYTES));
    }

    private static InputStream inside(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(V2_HEADER);
        if (bytes.length < V2_HEADER) {
            throw new EOFException("the second header of an archive is cut off");
        }
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(2 * Long.BYTES);
        long offset = header.getLong();
        long size = header.getLong();
        if (offset < V2_FRONT || size < 1) {
            throw new FormatException("an archive of version 2 has " + size + " bytes at " + offset);
        }
        in.skipNBytes(offset - V2_FRONT);
        return new Part(in, size);
    }

    /** The roots that the archive names; whether it has their blocks, nobody has checked. */
    public List<Cid> roots() {
        return roots;
    }

    /** The next block, or nothing at the end. */
    public Optional<Block> next() throws IOException {
        byte[] section = Frames.readOrEnd(in, MAX_SECTION);
        if (section == null) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(section);
        Cid cid = cid(bytes);
        VerifiedBlocks.check(cid, bytes);
        return Optional.of(new Block(cid, bytes));
    }

    private static Cid cid(ByteBuffer section) throws FormatException {
        ByteBuffer in = section.duplicate();
        boolean first = in.remaining() >= 2 && in.get(0) == Multihash.SHA2_256 && in.get(1) == 32;
        if (!first) {
            Varint.read(in);
            Varint.read(in);
        }
        Multihash.parse(in);
        byte[] cid = new byte[in.position()];
        section.get(cid);
        return Cid.read(cid);
    }

    /** So many bytes of a stream, which must be there. */
    private static final class Part extends InputStream {

        private final InputStream in;
        private long left;

        Part(InputStream in, long length) {
            this.in = in;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] to, int at, int length) throws IOException {
            if (left == 0 && length > 0) {
                return -1;
            }
            int count = in.read(to, at, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException("an archive of version 2 ends " + left + " bytes before the end that it names");
            }
            left -= count;
            return count;
        }
    }
}
