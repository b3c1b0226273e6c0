// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import io.peerwerk.core.multiformats.Cid;

/** What a CID leads to. */
public sealed interface UnixFsNode {

    Cid cid();

    /** What it says about itself. */
    Attributes attributes();

    /**
     * A file.
     *
     * @param cid of its root
     * @param size in bytes, as the root says; that it is true is known once the file has been read
     * @param attributes of the file
     */
    record FileNode(Cid cid, long size, Attributes attributes) implements UnixFsNode {
    }

    /**
     * A folder.
     *
     * @param cid of its root
     * @param sharded whether it is a trie of shards
     * @param attributes of the folder
     */
    record FolderNode(Cid cid, boolean sharded, Attributes attributes) implements UnixFsNode {
    }

    /**
     * A symbolic link.
     *
     * @param cid of its block
     * @param target where it leads, unchecked: reading never follows it
     * @param attributes of the link
     */
    record SymlinkNode(Cid cid, String target, Attributes attributes) implements UnixFsNode {
    }
}
