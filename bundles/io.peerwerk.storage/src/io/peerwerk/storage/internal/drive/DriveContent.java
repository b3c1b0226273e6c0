// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.drive;

import java.io.IOException;
import java.nio.file.Path;

import io.peerwerk.storage.StorageLink;

/** Where the bytes of a drive's files are. */
public interface DriveContent {

    /**
     * Stores a file's bytes as they are while they are read.
     *
     * @param file a regular file
     */
    StorageLink put(Path file) throws IOException;

    /**
     * Writes what was stored into a new file, durably.
     *
     * @param target where nothing is
     */
    void get(StorageLink content, Path target) throws IOException;
}
