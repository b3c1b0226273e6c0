// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;

/** What stands in the data field of a dag-pb node and makes it a file, a folder or a symbolic link. */
public sealed interface UnixFsData {

    /** What it says about itself. */
    Attributes attributes();

    /** The encoded record. */
    byte[] toBytes();

    /**
     * Reads a record.
     *
     * @throws FormatException also where it is of a type that is out of use, or contradicts itself
     */
    static UnixFsData parse(byte[] bytes) throws FormatException {
        return UnixFsFields.parse(bytes).toData();
    }

    /**
     * A file, or a part of one: first the bytes that are in it, then those that its links lead to.
     *
     * @param data bytes in it, not copied
     * @param partSizes for each link the bytes of the file that it leads to, not copied
     * @param attributes of the file
     */
    record FileData(byte[] data, long[] partSizes, Attributes attributes) implements UnixFsData {

        private static final long[] NO_PARTS = {};
        private static final byte[] NO_DATA = {};

        /** @throws IllegalArgumentException if a size is negative or the sum is over 2^63 - 1 */
        public FileData {
            UnixFsFields.sum(data.length, partSizes);
        }

        static FileData ofBytes(byte[] data, Attributes attributes) {
            return new FileData(data, NO_PARTS, attributes);
        }

        static FileData ofParts(long[] sizes, Attributes attributes) {
            return new FileData(NO_DATA, sizes, attributes);
        }

        /** Bytes of the file. */
        public long size() {
            return UnixFsFields.sum(data.length, partSizes);
        }

        @Override
        public byte[] toBytes() {
            ProtoWriter out = new ProtoWriter().uint(UnixFsFields.TYPE, UnixFsFields.FILE);
            if (data.length > 0) {
                out.bytes(UnixFsFields.DATA, data);
            }
            out.uint(UnixFsFields.FILE_SIZE, size());
            for (long part : partSizes) {
                out.uint(UnixFsFields.PART_SIZE, part);
            }
            attributes.without(Attributes.FILE_MODE).write(out);
            return out.toBytes();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof FileData that && Arrays.equals(data, that.data)
                    && Arrays.equals(partSizes, that.partSizes) && attributes.equals(that.attributes);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(data) + Arrays.hashCode(partSizes);
        }
    }

    /**
     * A folder whose entries are the links of its node.
     *
     * @param attributes of the folder
     */
    record FolderData(Attributes attributes) implements UnixFsData {

        @Override
        public byte[] toBytes() {
            ProtoWriter out = new ProtoWriter().uint(UnixFsFields.TYPE, UnixFsFields.FOLDER);
            attributes.without(Attributes.FOLDER_MODE).write(out);
            return out.toBytes();
        }
    }

    /**
     * A symbolic link.
     *
     * @param target where it leads, any text; whoever follows it beware
     * @param attributes of the link
     */
    record SymlinkData(String target, Attributes attributes) implements UnixFsData {

        /** The longest target, in bytes of UTF-8. */
        public static final int MAX_TARGET_BYTES = 4096;

        /** @throws IllegalArgumentException if the target is too long */
        public SymlinkData {
            if (target.getBytes(StandardCharsets.UTF_8).length > MAX_TARGET_BYTES) {
                throw new IllegalArgumentException("a symbolic link of over " + MAX_TARGET_BYTES + " bytes");
            }
        }

        /** @throws FormatException for a target that no system or no reader's screen takes well */
        static String check(String target) throws FormatException {
            if (target.chars().anyMatch(Character::isISOControl)) {
                throw new FormatException("the target of a symbolic link has a control character");
            }
            return target;
        }

        @Override
        public byte[] toBytes() {
            ProtoWriter out = new ProtoWriter().uint(UnixFsFields.TYPE, UnixFsFields.SYMLINK);
            if (!target.isEmpty()) {
                out.string(UnixFsFields.DATA, target);
            }
            attributes.without(Attributes.FILE_MODE).write(out);
            return out.toBytes();
        }
    }

    /**
     * A node of the trie that holds a large folder.
     *
     * @param bits which of its places are taken, the last byte holds the first eight; not copied
     * @param fanout how many places there are
     * @param attributes of the folder, in the root of the trie only
     */
    record ShardData(byte[] bits, int fanout, Attributes attributes) implements UnixFsData {

        /** The most places a shard may have. */
        public static final int MAX_FANOUT = 1024;
        /** The number of murmur3-x64-64 in the multicodec table: the one function in use. */
        static final long MURMUR3 = 0x22;

        /** @throws IllegalArgumentException if the fanout is none, or the bits are more than it */
        public ShardData {
            if (!isFanout(fanout) || bits.length > fanout / Byte.SIZE) {
                throw new IllegalArgumentException(bits.length + " bytes of bits and a fanout of " + fanout);
            }
        }

        static boolean isFanout(long fanout) {
            return fanout >= Byte.SIZE && fanout <= MAX_FANOUT && Long.bitCount(fanout) == 1;
        }

        @Override
        public byte[] toBytes() {
            ProtoWriter out = new ProtoWriter().uint(UnixFsFields.TYPE, UnixFsFields.SHARD);
            if (bits.length > 0) {
                out.bytes(UnixFsFields.DATA, bits);
            }
            out.uint(UnixFsFields.HASH, MURMUR3).uint(UnixFsFields.FANOUT, fanout);
            attributes.without(Attributes.FOLDER_MODE).write(out);
            return out.toBytes();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ShardData that && Arrays.equals(bits, that.bits) && fanout == that.fanout
                    && attributes.equals(that.attributes);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(bits) + fanout;
        }
    }
}
