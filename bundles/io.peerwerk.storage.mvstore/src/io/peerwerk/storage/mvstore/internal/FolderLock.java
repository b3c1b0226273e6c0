// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.mvstore.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.peerwerk.storage.StorageException;

/** Keeps a second store out, also while a compaction puts one file in place of the other. */
final class FolderLock implements Closeable {

    private final FileChannel file;

    FolderLock(Path folder) throws IOException {
        file = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            throw new StorageException("the block store in " + folder + " is in use by another node", e);
        } finally {
            if (!locked) {
                file.close();
            }
        }
        if (!locked) {
            throw new StorageException("the block store in " + folder + " is in use by another node");
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
