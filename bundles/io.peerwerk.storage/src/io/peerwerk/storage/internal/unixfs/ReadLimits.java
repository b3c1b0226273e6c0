// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

/**
 * What reading may cost. Someone who makes a graph of a few blocks can have it name a folder of 2^60 entries.
 *
 * @param maxEntries entries of folders that one call goes through, those of folders in folders included
 * @param maxFileBytes the size of the largest file to open
 */
public record ReadLimits(long maxEntries, long maxFileBytes) {

    /** A million entries, files of any size. */
    public static final ReadLimits STANDARD = new ReadLimits(1_000_000, Long.MAX_VALUE);

    /** How far a chunk may be below the root of its file. */
    static final int MAX_FILE_DEPTH = 32;
    /** Links that may wait, over all levels of a file or of a tree of folders. */
    static final int MAX_WAITING_LINKS = 1 << 17;
}
