// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.internal.ipld.DagPbNode;
import io.peerwerk.storage.internal.unixfs.UnixFsData.FileData;
import io.peerwerk.storage.internal.unixfs.UnixFsData.FolderData;
import io.peerwerk.storage.internal.unixfs.UnixFsData.ShardData;
import io.peerwerk.storage.internal.unixfs.UnixFsData.SymlinkData;

/** The fields of a UnixFS record as they are read, before they are held against its type. */
final class UnixFsFields {

    static final int TYPE = 1;
    static final int DATA = 2;
    static final int FILE_SIZE = 3;
    static final int PART_SIZE = 4;
    static final int HASH = 5;
    static final int FANOUT = 6;
    private static final int MODE = 7;
    private static final int MODIFIED = 8;

    static final int RAW = 0;
    static final int FOLDER = 1;
    static final int FILE = 2;
    static final int SYMLINK = 4;
    static final int SHARD = 5;

    private static final long ABSENT = -1;

    private long type = ABSENT;
    private byte[] data = {};
    private long fileSize = ABSENT;
    private long[] partSizes = {};
    private int parts;
    private long hash = ABSENT;
    private long fanout = ABSENT;
    private @Nullable Integer mode;
    private @Nullable Instant modified;

    static UnixFsFields parse(byte[] bytes) throws FormatException {
        var fields = new UnixFsFields();
        ProtoReader in = new ProtoReader(bytes);
        int seen = 0;
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field <= MODIFIED && field != PART_SIZE) {
                if ((seen & 1 << field) != 0) {
                    throw new FormatException("field " + field + " of a UnixFS record comes twice");
                }
                seen |= 1 << field;
            }
            fields.read(field, in);
        }
        return fields;
    }

    private void read(int field, ProtoReader in) throws FormatException {
        switch (field) {
            case TYPE -> type = in.uint();
            case DATA -> data = in.bytes(Block.MAX_BYTES);
            case FILE_SIZE -> fileSize = size(in.uint());
            case PART_SIZE -> addPart(size(in.uint()));
            case HASH -> hash = in.uint();
            case FANOUT -> fanout = in.uint();
            case MODE -> mode = Attributes.readMode(in);
            case MODIFIED -> modified = Attributes.readTime(in);
            default -> in.skip();
        }
    }

    private static long size(long value) throws FormatException {
        if (value < 0) {
            throw new FormatException("a file of " + Long.toUnsignedString(value) + " bytes");
        }
        return value;
    }

    private void addPart(long size) throws FormatException {
        if (parts == DagPbNode.MAX_LINKS) {
            throw new FormatException("a file of over " + DagPbNode.MAX_LINKS + " parts in one node");
        }
        if (parts == partSizes.length) {
            partSizes = Arrays.copyOf(partSizes, Math.max(8, 2 * parts));
        }
        partSizes[parts++] = size;
    }

    UnixFsData toData() throws FormatException {
        if (type != RAW && type != FILE && parts > 0) {
            throw new FormatException("a UnixFS record of type " + type + " has parts of a file");
        }
        return switch ((int) Math.clamp(type, ABSENT, Integer.MAX_VALUE)) {
            case RAW, FILE -> file();
            case FOLDER -> new FolderData(new Attributes(mode, modified).without(Attributes.FOLDER_MODE));
            case SYMLINK -> new SymlinkData(target(), new Attributes(mode, modified).without(Attributes.FILE_MODE));
            case SHARD -> shard();
            default -> throw new FormatException(
                    type == ABSENT ? "a UnixFS record without a type" : "a UnixFS record of the type " + type);
        };
    }

    private FileData file() throws FormatException {
        long[] sizes = Arrays.copyOf(partSizes, parts);
        long sum;
        try {
            sum = sum(data.length, sizes);
        } catch (IllegalArgumentException e) {
            throw new FormatException("the parts of a file have over 2^63 bytes together", e);
        }
        if (fileSize != ABSENT && fileSize != sum) {
            throw new FormatException("a file says it has " + fileSize + " bytes, its parts have " + sum);
        }
        return new FileData(data, sizes, new Attributes(mode, modified).without(Attributes.FILE_MODE));
    }

    private String target() throws FormatException {
        if (data.length > SymlinkData.MAX_TARGET_BYTES) {
            throw new FormatException("a symbolic link of " + data.length + " bytes");
        }
        try {
            return SymlinkData.check(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString());
        } catch (CharacterCodingException e) {
            throw new FormatException("the target of a symbolic link is not UTF-8", e);
        }
    }

    private ShardData shard() throws FormatException {
        if (hash != ShardData.MURMUR3) {
            throw new FormatException("a sharded folder with the hash function " + hash);
        }
        if (!ShardData.isFanout(fanout)) {
            throw new FormatException("a sharded folder cannot have a fanout of " + Long.toUnsignedString(fanout));
        }
        if (data.length > fanout / Byte.SIZE) {
            throw new FormatException("a shard of fanout " + fanout + " has " + data.length + " bytes of bits");
        }
        return new ShardData(data, (int) fanout, new Attributes(mode, modified).without(Attributes.FOLDER_MODE));
    }

    /** @throws IllegalArgumentException if a size is negative or the sum is over 2^63 - 1 */
    static long sum(long first, long[] sizes) {
        long sum = first;
        for (long size : sizes) {
            sum += size;
            if (size < 0 || sum < 0) {
                throw new IllegalArgumentException("the sizes of parts are negative or too large");
            }
        }
        return sum;
    }
}
