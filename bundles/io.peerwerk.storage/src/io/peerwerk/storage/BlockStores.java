// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A way to keep blocks on a disk, published as a service. The storage takes the one whose {@linkplain #name() name} its
 * configuration says, when it comes, and lets go of it when it goes.
 */
public interface BlockStores {

    /** The name of the append-only log, which is taken where nothing is configured. */
    String LOG = "log";

    /** A short name for configurations; letters, digits and hyphens. */
    String name();

    /**
     * Opens the store in this folder, which is there, durably, and is the store's alone. May block. The caller syncs the
     * folder afterwards: files that are created now are the implementation's affair no further.
     *
     * @param quota bytes that may be used
     * @throws StorageException where another store has it open
     */
    BlockStore open(Path folder, long quota) throws IOException;
}
