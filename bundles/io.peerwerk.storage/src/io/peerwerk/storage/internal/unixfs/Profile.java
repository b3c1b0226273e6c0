// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import io.peerwerk.storage.Block;

/**
 * How files and folders are cut into blocks. The same content has the same CID in the same profile only.
 *
 * @param chunkBytes bytes of file content in a leaf; larger ones make fewer blocks, smaller ones share more of them
 * @param maxLinks the most links of a node of a file
 * @param leaves what a leaf is, and so of which version CIDs are
 * @param folderSize what of a folder counts against {@link #MAX_FOLDER_BYTES}
 * @see <a href="https://specs.ipfs.tech/ipips/ipip-0499/">IPIP-499: CID profiles</a>
 */
public record Profile(int chunkBytes, int maxLinks, Leaves leaves, FolderSize folderSize) {

    /** A folder of more bytes becomes a trie of shards. */
    public static final int MAX_FOLDER_BYTES = 256 << 10;
    /** Places in a shard. */
    public static final int FANOUT = 256;

    /** What the leaves of a file are. */
    public enum Leaves {
        /** Dag-pb nodes with the bytes in them; all CIDs are of version 0. */
        DAG_PB,
        /** The bytes themselves; all CIDs are of version 1. */
        RAW
    }

    /** How the size of a folder is taken. */
    public enum FolderSize {
        /** The bytes of all names and CIDs. */
        OF_LINKS,
        /** The bytes of the block that the folder would be. */
        OF_BLOCK
    }

    /** IPFS's first ten years, what Kubo does unless told otherwise: {@code unixfs-v0-2015}. */
    public static final Profile UNIXFS_V0_2015 = new Profile(256 << 10, 174, Leaves.DAG_PB, FolderSize.OF_LINKS);
    /** Kubo with {@code --cid-version=1}; what js-ipfs-unixfs-importer does with no options. */
    public static final Profile CID_V1_256K = new Profile(256 << 10, 174, Leaves.RAW, FolderSize.OF_LINKS);
    /** What Helia does unless told otherwise. */
    public static final Profile HELIA = new Profile(1 << 20, 1024, Leaves.RAW, FolderSize.OF_LINKS);
    /** What implementations have agreed on: {@code unixfs-v1-2025}. */
    public static final Profile UNIXFS_V1_2025 = new Profile(1 << 20, 1024, Leaves.RAW, FolderSize.OF_BLOCK);

    /** The most links a node can have and still be a block. */
    private static final int LINKS_OF_A_BLOCK = 1 << 14;
    /** Room in a block beside the content in it. */
    private static final int ROOM = 1 << 10;

    /** @throws IllegalArgumentException if blocks would be larger than blocks may be */
    public Profile {
        if (chunkBytes < 1 || chunkBytes > Block.MAX_BYTES - ROOM) {
            throw new IllegalArgumentException("chunks of " + chunkBytes + " bytes");
        }
        if (maxLinks < 2 || maxLinks > LINKS_OF_A_BLOCK) {
            throw new IllegalArgumentException("nodes of " + maxLinks + " links");
        }
    }

    int cidVersion() {
        return leaves == Leaves.RAW ? 1 : 0;
    }
}
