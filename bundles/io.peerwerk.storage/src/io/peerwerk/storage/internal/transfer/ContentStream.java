// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.internal.manifest.Directory;
import io.peerwerk.storage.internal.manifest.Entry;
import io.peerwerk.storage.internal.manifest.Entry.Kind;
import org.jspecify.annotations.Nullable;

/** The bytes of all files, then the directory record with the sizes that were read. */
final class ContentStream implements Closeable {

    private final SourceTree tree;
    private final List<Entry> read = new ArrayList<>();
    private @Nullable InputStream current;
    private long currentBytes;
    private long contentBytes;
    private int directoryBytes = -1;
    private boolean exhausted;

    ContentStream(SourceTree tree) {
        this.tree = tree;
    }

    /** Fills the buffer as far as there is content, and gives the number of bytes. */
    int fill(byte[] buffer) throws IOException {
        int filled = 0;
        while (filled < buffer.length && !exhausted) {
            InputStream in = current == null ? open() : current;
            int count = in.readNBytes(buffer, filled, buffer.length - filled);
            filled += count;
            currentBytes += count;
            if (filled < buffer.length || in.available() == 0 && directoryBytes >= 0) {
                end(in);
            }
        }
        return filled;
    }

    private InputStream open() throws IOException {
        currentBytes = 0;
        while (read.size() < tree.items().size()) {
            SourceTree.Item item = tree.items().get(read.size());
            if (item.entry().kind() == Kind.FILE) {
                return current = Files.newInputStream(item.file());
            }
            read.add(item.entry());
        }
        byte[] directory = new Directory(tree.name(), tree.folder(), read).toBytes();
        if (directory.length > Directory.MAX_BYTES) {
            throw new StorageException("the names in this folder take more than " + Directory.MAX_BYTES + " bytes");
        }
        directoryBytes = directory.length;
        return current = new ByteArrayInputStream(directory);
    }

    private void end(InputStream in) throws IOException {
        in.close();
        current = null;
        if (directoryBytes >= 0) {
            exhausted = true;
            return;
        }
        Entry listed = tree.items().get(read.size()).entry();
        read.add(Entry.file(listed.path(), currentBytes, listed.mode(), listed.modified()));
        contentBytes += currentBytes;
    }

    /** Whether all was read, the directory included. */
    boolean exhausted() {
        return exhausted;
    }

    /** Bytes of all files; final once all was read. */
    long contentBytes() {
        return contentBytes;
    }

    /** Bytes of the directory; known once all was read. */
    int directoryBytes() {
        return directoryBytes;
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            current.close();
        }
    }
}
