// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.peerwerk.core.Registration;

/**
 * Stores files and folders on the peers there are, fetches them from any sufficient set of them, and keeps up the
 * strength of what lies here. Every method may be called from any thread; {@code put}, {@code get} and {@code health}
 * block and are meant for a virtual thread or a job. Interrupting the calling thread cancels like
 * {@link Progress#cancelled()} does: temporary files go and a {@link TransferCancelledException} is thrown.
 */
public interface Storage {

    /**
     * Encrypts and stores a file or a folder with all that is in it. Memory stays bounded whatever the size. Returns
     * when enough shards of every chunk are on the disks of their holders that the loss of {@code n - threshold} of
     * them costs nothing ({@link PutOptions#threshold()}), and the manifest on at least as many peers as may vanish.
     *
     * <p>Few peers share the shards evenly; with none, all lie here, and {@link StoredItem#warning()} says so.
     *
     * @throws QuotaExceededException where no peer has room left
     * @throws NotEnoughPeersException where holders failed and too few others could replace them
     * @throws TransferCancelledException when the caller cancelled
     */
    StoredItem put(Path source, PutOptions options, Progress progress) throws IOException;

    /**
     * The same with the code that keeps the target in the network of this moment, or {@link PutOptions#standard()} where
     * none does; {@link StoredItem#promise()} says which, and {@link StoredItem#warning()} what cannot be promised.
     */
    StoredItem put(Path source, DurabilityTarget target, Progress progress) throws IOException;

    /** Which code a put of so many bytes would use now, and what it promises; never blocks. */
    DurabilityPlan plan(DurabilityTarget target, long bytes);

    /**
     * Fetches what the link names. A file is written to a temporary file beside the target and moved there when it is
     * whole and verified; if the target is an existing directory, it is written into it under its own name. A folder
     * becomes the target, which must not exist or be an empty directory. Existing files are not overwritten.
     *
     * @throws WrongKeyException where the key does not open the file
     * @throws NotEnoughShardsException where too few holders are reachable: says how many are missing and who is away
     * @throws java.nio.file.FileAlreadyExistsException where the target is already there
     */
    Fetched get(StorageLink link, Path target, Progress progress) throws IOException;

    /** What was stored from here, newest first. */
    List<StoredItem> items();

    /**
     * Asks the reachable members which shards of the file they hold.
     *
     * @throws NotEnoughShardsException where not even the manifest is found
     */
    Health health(StorageLink link) throws IOException;

    /** Figures of this moment; never blocks. */
    StorageStatus status();

    /**
     * Sets how many bytes of this disk are offered to others, durably and at once. Less than what is used is allowed:
     * nothing is dropped then, but no further block is taken.
     *
     * @throws IllegalArgumentException where {@code bytes} is negative
     */
    void offer(long bytes) throws IOException;

    /** Tells the listener of changes, in order, on a virtual thread, until the registration is closed. */
    Registration listen(StorageListener listener);
}
