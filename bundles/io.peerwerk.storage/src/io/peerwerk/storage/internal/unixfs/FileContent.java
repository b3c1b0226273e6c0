// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.internal.ipld.BlockSource;
import io.peerwerk.storage.internal.unixfs.UnixFsData.FileData;

/**
 * The bytes of a file, from left to right through its tree. Every part that is opened has the size that the node above
 * it says, and none is empty: so the blocks read are at most as many as the bytes that come out, times the depth.
 */
final class FileContent extends InputStream {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final BlockSource source;
    private final Deque<Level> levels = new ArrayDeque<>();
    private int waitingLinks;
    private ByteBuffer chunk = NOTHING;
    /** Bytes to pass over before the next one that is wanted. */
    private long skip;
    /** Bytes that are wanted still. */
    private long left;
    private @Nullable IOException broken;

    /** A node of which some parts are not yet read. */
    private static final class Level {

        private final Parsed node;
        private final long[] sizes;
        private int next;

        Level(Parsed node, FileData file) {
            this.node = node;
            this.sizes = file.partSizes();
        }
    }

    private FileContent(BlockSource source) {
        this.source = source;
    }

    /** Opens what there is of a part of a file, as {@link UnixFsReader#read(Cid, long, long)} says. */
    static FileContent open(BlockSource source, Cid root, Range range) throws IOException {
        var content = new FileContent(source);
        if (root.codec() == Cid.RAW) {
            ByteBuffer data = source.get(root);
            content.range(root, data.remaining(), range);
            content.enter(data);
        } else {
            Parsed node = Parsed.get(source, root);
            FileData file = fileData(node);
            content.range(root, file.size(), range);
            content.push(node, file);
        }
        return content;
    }

    /**
     * Which part is wanted.
     *
     * @param offset of the first byte
     * @param length bytes
     * @param maxFileBytes the size of the largest file to open
     */
    record Range(long offset, long length, long maxFileBytes) {
    }

    private void range(Cid root, long size, Range range) throws FormatException {
        if (size > range.maxFileBytes) {
            throw new FormatException("file " + root + " says it has " + size + " bytes, over " + range.maxFileBytes);
        }
        skip = Math.min(range.offset, size);
        left = Math.min(range.length, size - skip);
    }

    @Override
    public int read() throws IOException {
        if (!fill()) {
            return -1;
        }
        left--;
        return Byte.toUnsignedInt(chunk.get());
    }

    @Override
    public int read(byte[] to, int at, int length) throws IOException {
        Objects.checkFromIndexSize(at, length, to.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = (int) Math.min(Math.min(length, chunk.remaining()), left);
        chunk.get(to, at, count);
        left -= count;
        return count;
    }

    @Override
    public int available() {
        return (int) Math.min(chunk.remaining(), left);
    }

    /** Sees to it that the chunk has a wanted byte; false at the end. Once this has failed, it fails again. */
    private boolean fill() throws IOException {
        if (broken != null) {
            throw new IOException("the file has broken off before this", broken);
        }
        try {
            return advance();
        } catch (IOException e) {
            broken = e;
            throw e;
        }
    }

    private boolean advance() throws IOException {
        while (left > 0 && !chunk.hasRemaining()) {
            Level level = levels.peek();
            if (level == null) {
                throw new IllegalStateException("the sizes of all parts are checked, but the file ends early");
            }
            if (level.next == level.sizes.length) {
                levels.pop();
                waitingLinks -= level.sizes.length;
            } else {
                openNext(level);
            }
        }
        return left > 0;
    }

    private void openNext(Level level) throws IOException {
        long size = level.sizes[level.next];
        Cid cid = level.node.links().get(level.next).cid();
        level.next++;
        if (size == 0) {
            throw new FormatException("block " + level.node.cid() + " has an empty part of a file");
        }
        if (skip >= size) {
            skip -= size;
        } else {
            open(cid, size);
        }
    }

    /** Goes into a part, which must have so many bytes. */
    private void open(Cid cid, long size) throws IOException {
        if (cid.codec() == Cid.RAW) {
            ByteBuffer data = source.get(cid);
            check(cid, data.remaining(), size);
            enter(data);
            return;
        }
        Parsed node = Parsed.get(source, cid);
        FileData file = fileData(node);
        check(cid, file.size(), size);
        push(node, file);
    }

    private static FileData fileData(Parsed node) throws FormatException {
        if (node.data() instanceof FileData file) {
            return file;
        }
        throw new FormatException("block " + node.cid() + " is no file and no part of one");
    }

    private void push(Parsed node, FileData file) throws FormatException {
        waitingLinks += file.partSizes().length;
        if (levels.size() == ReadLimits.MAX_FILE_DEPTH || waitingLinks > ReadLimits.MAX_WAITING_LINKS) {
            throw new FormatException("a file is too deep or has too many links, at block " + node.cid());
        }
        levels.push(new Level(node, file));
        enter(ByteBuffer.wrap(file.data()));
    }

    private static void check(Cid cid, long is, long should) throws FormatException {
        if (is != should) {
            throw new FormatException("block " + cid + " leads to " + is + " bytes of a file, the node above it says "
                    + should);
        }
    }

    /** Takes bytes of the file, without those to pass over. */
    private void enter(ByteBuffer data) {
        int passed = (int) Math.min(skip, data.remaining());
        skip -= passed;
        chunk = data.slice(passed + data.position(), data.remaining() - passed);
    }
}
