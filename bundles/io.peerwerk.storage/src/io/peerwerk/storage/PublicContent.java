// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.peerwerk.core.multiformats.Cid;

/**
 * Files and folders that anybody may read: plain IPFS, which every peer of that network can fetch from here and this
 * peer from them. Its blocks lie apart from the shards of private files, so that none of those is ever given to someone
 * who asks by CID.
 *
 * <p>What is pinned stays. All else was kept in passing and goes with the next {@linkplain #sweep sweep}, or before,
 * when room is needed. Every method may be called from any thread; those with a {@link Progress} block, and are meant
 * for a virtual thread or a job. Interrupting the calling thread cancels like {@link Progress#cancelled()} does, with a
 * {@link TransferCancelledException}; blocks that came before are used when the same content is asked for again.
 */
public interface PublicContent {

    /**
     * Cuts a file or folder into blocks, keeps them here, durably, pins the root and tells the network that this peer
     * has it. The network is told in the background: content is there for connected peers when this returns. Symbolic
     * links are stored as links, modes and times are not.
     *
     * @return the root
     * @throws QuotaExceededException where the content does not fit into the limit, also after all that is not pinned
     *             was swept away for it
     */
    Cid add(Path source, ContentProfile profile, Progress progress) throws IOException;

    /**
     * Fetches a file or folder, from here as far as its blocks are here, else from connected peers and from those that
     * the network names as providers. All blocks are kept here, unpinned, before the first file is written; so they must
     * fit into the limit. The target is treated as by {@link Storage#get}. Names that lead out of the target are
     * refused, as are links that do; what came before a refusal is removed.
     *
     * @throws StorageException where there is nothing of that name, or nobody sends a block within the time that peers
     *             have for it: names the block; where it is no file and no folder, or something is wrong with it: says
     *             what
     * @throws QuotaExceededException as for {@link #add}
     * @throws java.nio.file.FileAlreadyExistsException where something is at the target that would be lost
     */
    Fetched get(ContentPath path, Path target, Progress progress) throws IOException;

    /**
     * The names in a folder, in its order; of a file, that one, under its last name. Of what is in the folder the first
     * block is fetched to see what it is, and nothing of a file of one plain block.
     *
     * @throws StorageException as for {@link #get}, and where the folder has over 200,000 names
     */
    List<ContentEntry> list(ContentPath path, Progress progress) throws IOException;

    /**
     * Fetches what of the content is not here, and keeps all of it until it is unpinned. Pinning twice is pinning once;
     * it fetches again what the disk has lost meanwhile. Blocks may be of raw bytes or of DAG-PB, with or without files
     * in them, two million at most.
     *
     * @throws StorageException as for {@link #get}
     */
    void pin(Cid root, Progress progress) throws IOException;

    /** Lets go of what was pinned, which stays until it is swept away; whether it was pinned. */
    boolean unpin(Cid root) throws IOException;

    /** What is pinned, in the order of pinning. */
    List<Cid> pins();

    /**
     * Removes every block that no pinned root leads to. Transfers go on meanwhile, and what they have written or read
     * stays until they have ended. Takes about 210 bytes of memory for each block that is pinned.
     *
     * @throws StorageException where it is not known what belongs to the pins, as the list of them or one of their
     *             blocks was damaged on the disk: nothing is removed then
     */
    Swept sweep(Progress progress) throws IOException;

    /**
     * Writes the content with all its blocks into one file, a CAR of version 1, in the order in which it is read.
     *
     * @throws java.nio.file.FileAlreadyExistsException where the file is already there
     */
    void exportCar(Cid root, Path target, Progress progress) throws IOException;

    /**
     * Keeps the blocks of a CAR, of version 1 or 2, and pins its roots; what of them is not in it is fetched. Blocks that
     * no root leads to, such as all of those in a CAR without roots, go with the next sweep.
     *
     * @return the roots, each once
     * @throws StorageException where it is cut off or something in it is not what it says, or where a root is not whole
     *             in it and the missing blocks are not found either; nothing is pinned then
     */
    List<Cid> importCar(Path source, Progress progress) throws IOException;

    /** Figures of this moment; never blocks. */
    PublicStatus status();
}
