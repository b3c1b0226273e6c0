// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

import io.peerwerk.core.multiformats.Cid;

/**
 * Blocks on a disk under a quota. Methods may be called from any thread. What an implementation promises, and its
 * contract test checks: a block that {@code put} acknowledged is there after a crash at any later instant; what {@code
 * get} gives has the hash that its CID says; a full disk or a used-up quota refuses new blocks and harms no old one.
 */
public interface BlockStore extends Closeable {

    /** What {@link #size} gives for a block that is not here. */
    long ABSENT = -1;

    /** Whether the block is here; answered from memory. */
    default boolean has(Cid cid) {
        return size(cid) != ABSENT;
    }

    /** Bytes of the block, or {@link #ABSENT}; answered from memory. */
    long size(Cid cid);

    /**
     * The block's bytes, checked against the CID, in a buffer of the caller's own. Empty where it is not here or where
     * the disk gave back something else: such a block is dropped and reported, never served.
     */
    Optional<ByteBuffer> get(Cid cid) throws IOException;

    /**
     * Stores blocks; when this returns, they are on the disk (fsynced). Blocks that are here already cost nothing.
     * Concurrent callers share one fsync. Either all blocks of the call are stored or the exception says why not; some
     * of them may be there then.
     *
     * @throws QuotaExceededException where they do not fit into what is offered
     * @throws BlockMismatchException where a block's bytes do not match its CID; nothing is stored then
     * @throws IOException where the disk is full or fails; earlier blocks stay readable
     */
    void put(Collection<Block> blocks) throws IOException;

    /** Drops the block if it is here, durably; its space comes back by and by. */
    void remove(Cid cid) throws IOException;

    /** Bytes used on disk, dead records included. */
    long used();

    /** Number of blocks. */
    long blockCount();

    /** The CIDs that are here at this moment, in no order. */
    Stream<Cid> cids();

    /** Bytes that may be used. */
    long quota();

    /** Changes the quota at once; less than what is used is allowed and refuses new blocks. */
    void quota(long bytes);
}
