// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.peerwerk.storage.internal.ipld.DagPbLink;
import io.peerwerk.storage.internal.ipld.DagPbNode;
import io.peerwerk.storage.internal.unixfs.UnixFsData.FileData;

/**
 * The balanced layout: nodes over the chunks of a file, nodes over these, until one is left. All chunks are equally far
 * below the root, and all nodes but the last one of each level are full. Holds at most a node's links for each level.
 */
final class FileTree {

    private final UnixFsImporter importer;
    private final Attributes attributes;
    private final List<List<Imported>> levels = new ArrayList<>();

    /** The attributes go into every node, as Helia does it: Kubo sets them in the root only. */
    FileTree(UnixFsImporter importer, Attributes attributes) {
        this.importer = importer;
        this.attributes = attributes;
    }

    /** Takes the next chunk. */
    void add(Imported chunk) throws IOException {
        add(chunk, 0);
    }

    private void add(Imported part, int level) throws IOException {
        if (level == levels.size()) {
            levels.add(new ArrayList<>());
        }
        List<Imported> parts = levels.get(level);
        if (parts.size() == importer.profile().maxLinks()) {
            reduce(level);
        }
        parts.add(part);
    }

    /** Puts a node over the parts that wait at a level. */
    private void reduce(int level) throws IOException {
        Imported node = node(levels.get(level));
        levels.get(level).clear();
        add(node, level + 1);
    }

    /** The root, after the last chunk; there must have been at least two. */
    Imported finish() throws IOException {
        for (int level = 0;; level++) {
            boolean top = level == levels.size() - 1;
            if (top && level > 0 && levels.get(level).size() == 1) {
                return levels.get(level).getFirst();
            }
            reduce(level);
        }
    }

    private Imported node(List<Imported> parts) throws IOException {
        long[] sizes = parts.stream().mapToLong(Imported::bytes).toArray();
        var data = FileData.ofParts(sizes, attributes);
        List<DagPbLink> links = parts.stream().map(part -> new DagPbLink(part.cid(), "", part.totalBytes())).toList();
        return importer.put(new DagPbNode(links, data.toBytes()), data.size());
    }
}
