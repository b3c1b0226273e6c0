// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import io.peerwerk.storage.Block;
import io.peerwerk.storage.internal.ipld.BlockSink;
import io.peerwerk.storage.internal.ipld.DagPbLink;
import io.peerwerk.storage.internal.ipld.DagPbNode;
import io.peerwerk.storage.internal.unixfs.Profile.Leaves;
import io.peerwerk.storage.internal.unixfs.UnixFsData.FileData;
import io.peerwerk.storage.internal.unixfs.UnixFsData.SymlinkData;

/**
 * Makes blocks of files, symbolic links and folders, and hands each to a sink as soon as it is made. Whatever a file's
 * size, it holds two chunks and a node's links for each level; of a folder it holds names and CIDs. Not thread-safe.
 */
public final class UnixFsImporter {

    private final Profile profile;
    private final BlockSink sink;

    /** An importer that cuts in the given way. */
    public UnixFsImporter(Profile profile, BlockSink sink) {
        this.profile = profile;
        this.sink = sink;
    }

    Profile profile() {
        return profile;
    }

    /** Reads a file to its end; does not close it. */
    public Imported file(InputStream content, Attributes attributes) throws IOException {
        byte[] first = content.readNBytes(profile.chunkBytes());
        byte[] next = content.readNBytes(profile.chunkBytes());
        if (next.length == 0) {
            return single(first, attributes);
        }
        FileTree tree = new FileTree(this, attributes);
        tree.add(leaf(first));
        while (next.length > 0) {
            tree.add(leaf(next));
            next = content.readNBytes(profile.chunkBytes());
        }
        return tree.finish();
    }

    /** A file of one chunk has no node over it; what is said about it has no place but in a leaf of dag-pb. */
    private Imported single(byte[] content, Attributes attributes) throws IOException {
        return attributes.isEmpty() ? leaf(content) : dagPbLeaf(content, attributes);
    }

    private Imported leaf(byte[] content) throws IOException {
        if (profile.leaves() == Leaves.DAG_PB) {
            return dagPbLeaf(content, Attributes.NONE);
        }
        Block block = Block.raw(content);
        sink.put(block);
        return new Imported(block.cid(), content.length, content.length);
    }

    private Imported dagPbLeaf(byte[] content, Attributes attributes) throws IOException {
        byte[] data = FileData.ofBytes(content, attributes).toBytes();
        return put(new DagPbNode(List.of(), data), content.length);
    }

    /** A symbolic link to where the text says; nobody checks that there is something. */
    public Imported symlink(String target, Attributes attributes) throws IOException {
        return put(new DagPbNode(List.of(), new SymlinkData(SymlinkData.check(target), attributes).toBytes()), 0);
    }

    /** A folder, to be filled with what was imported before. */
    public FolderBuilder folder(Attributes attributes) {
        return new FolderBuilder(this, attributes);
    }

    /** Hands a node over. */
    Imported put(DagPbNode node, long fileBytes) throws IOException {
        Block block = node.toBlock(profile.cidVersion());
        sink.put(block);
        long total = block.size();
        for (DagPbLink link : node.links()) {
            total = Math.addExact(total, link.size());
        }
        return new Imported(block.cid(), fileBytes, total);
    }
}
