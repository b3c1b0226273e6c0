// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.internal.ipld.BlockSource;
import io.peerwerk.storage.internal.ipld.DagPbLink;
import io.peerwerk.storage.internal.ipld.VerifiedBlocks;
import io.peerwerk.storage.internal.manifest.SafePath;
import io.peerwerk.storage.internal.unixfs.UnixFsData.FileData;
import io.peerwerk.storage.internal.unixfs.UnixFsData.FolderData;
import io.peerwerk.storage.internal.unixfs.UnixFsData.ShardData;
import io.peerwerk.storage.internal.unixfs.UnixFsData.SymlinkData;
import io.peerwerk.storage.internal.unixfs.UnixFsNode.FileNode;
import io.peerwerk.storage.internal.unixfs.UnixFsNode.FolderNode;
import io.peerwerk.storage.internal.unixfs.UnixFsNode.SymlinkNode;

/**
 * Reads files and folders out of blocks that anyone may have made. Whatever is wrong with them is a {@link
 * FormatException} that names the block. Methods may be called from any thread as far as the source allows it; they
 * block as the source does.
 */
public final class UnixFsReader {

    private final BlockSource source;
    private final ReadLimits limits;

    /** Checks all that the source gives. */
    public UnixFsReader(BlockSource source, ReadLimits limits) {
        this(limits, new VerifiedBlocks(source));
    }

    private UnixFsReader(ReadLimits limits, BlockSource checked) {
        this.source = checked;
        this.limits = limits;
    }

    /** A reader that takes it for granted that blocks are what their CIDs say, as those of a block store are. */
    public static UnixFsReader ofChecked(BlockSource source, ReadLimits limits) {
        return new UnixFsReader(limits, source);
    }

    /**
     * Looks at one block of a file or folder by itself, as far as that goes: its form, and the names in it.
     *
     * @throws FormatException if no graph with this block can be read
     */
    public static void check(Cid cid, ByteBuffer data) throws FormatException {
        if (cid.codec() == Cid.RAW) {
            return;
        }
        Parsed block = Parsed.parse(cid, data);
        if (block.data() instanceof FolderData) {
            for (DagPbLink link : block.links()) {
                SafePath.checkName(link.name() == null ? "" : link.name());
            }
        }
    }

    /**
     * The other shards that a shard of a folder leads to; nothing for any other block.
     *
     * @throws FormatException if the block is no file, folder or link, or a shard that is malformed
     */
    public static List<Cid> shards(Cid cid, ByteBuffer data) throws FormatException {
        if (cid.codec() == Cid.RAW) {
            return List.of();
        }
        Parsed block = Parsed.parse(cid, data);
        if (!(block.data() instanceof ShardData shard)) {
            return List.of();
        }
        int placeOnly = ShardBits.prefixLength(shard.fanout());
        return block.links().stream().filter(link -> link.name() != null && link.name().length() == placeOnly)
                .map(DagPbLink::cid).toList();
    }

    /** What the CID leads to; reads its block only. */
    public UnixFsNode stat(Cid cid) throws IOException {
        if (cid.codec() == Cid.RAW) {
            return new FileNode(cid, source.get(cid).remaining(), Attributes.NONE);
        }
        return node(Parsed.get(source, cid));
    }

    private static UnixFsNode node(Parsed block) {
        return switch (block.data()) {
            case FileData file -> new FileNode(block.cid(), file.size(), file.attributes());
            case FolderData folder -> new FolderNode(block.cid(), false, folder.attributes());
            case ShardData shard -> new FolderNode(block.cid(), true, shard.attributes());
            case SymlinkData link -> new SymlinkNode(block.cid(), link.target(), link.attributes());
        };
    }

    /**
     * What a path below a root leads to. Symbolic links are not followed: what lies behind one is not found.
     *
     * @param path names with {@code /} between them; empty for the root itself
     * @throws FileNotFoundException where a folder has no entry of the name, or what should be a folder is none
     * @throws FormatException also if the path has names that no entry can have
     */
    public UnixFsNode resolve(Cid root, String path) throws IOException {
        if (path.isEmpty()) {
            return stat(root);
        }
        Cid at = root;
        FolderReader folders = new FolderReader(source, new Budget(limits));
        for (String name : SafePath.check(path).split("/", -1)) {
            Cid from = at;
            at = folders.find(folder(from, name), name).map(FolderEntry::cid)
                    .orElseThrow(() -> new FileNotFoundException("folder " + from + " has no \"" + name + "\""));
        }
        return stat(at);
    }

    private Parsed folder(Cid cid, String name) throws IOException {
        Parsed block = cid.codec() == Cid.RAW ? null : Parsed.get(source, cid);
        if (block == null || !(node(block) instanceof FolderNode)) {
            throw new FileNotFoundException("\"" + name + "\" cannot be in " + cid + ", which is no folder");
        }
        return block;
    }

    /**
     * Tells the entries of a folder. Those told before an exception are right, but they are not all.
     *
     * @throws FormatException also if it is no folder, or has an entry with a name that is not safe
     */
    public void list(Cid folder, EntryVisitor visitor) throws IOException {
        new FolderReader(source, new Budget(limits)).list(Parsed.get(source, folder), visitor);
    }

    /** Tells what is in a tree of folders. The paths are safe, and no deeper than {@link SafePath} lets paths be. */
    public void walk(Cid root, TreeVisitor visitor) throws IOException {
        walk("", root, new FolderReader(source, new Budget(limits)), visitor);
    }

    private void walk(String path, Cid cid, FolderReader folders, TreeVisitor visitor) throws IOException {
        if (cid.codec() == Cid.RAW) {
            visitor.visit(path, stat(cid));
            return;
        }
        Parsed block = Parsed.get(source, cid);
        UnixFsNode node = node(block);
        visitor.visit(path, node);
        if (node instanceof FolderNode) {
            folders.list(block, entry -> walk(
                    SafePath.check(path.isEmpty() ? entry.name() : path + "/" + entry.name()), entry.cid(), folders,
                    visitor));
        }
    }

    /** The content of a file. */
    public InputStream read(Cid file) throws IOException {
        return read(file, 0, Long.MAX_VALUE);
    }

    /**
     * Part of a file, as much of it as there is; only the blocks that the part is in are read. The stream holds one
     * chunk and the links of the nodes above it.
     *
     * @param offset of the first byte, 0 or more; beyond the end there is nothing
     * @param length bytes, 0 or more
     * @throws FormatException also if it is no file or a file too large for the limits
     */
    public InputStream read(Cid file, long offset, long length) throws IOException {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("from " + offset + ", " + length + " bytes");
        }
        return FileContent.open(source, file, new FileContent.Range(offset, length, limits.maxFileBytes()));
    }
}
