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
import io.peerwerk.storage.internal.manifest.PaddedLength;
import io.peerwerk.storage.internal.manifest.SealedPart;
import io.peerwerk.storage.internal.seal.ChunkKeys;
import org.jspecify.annotations.Nullable;

/** The bytes of all files, then the directory record with the sizes that were read, then the padding. */
final class ContentStream implements Closeable {

    private final SourceTree tree;
    private final ChunkKeys keys;
    private final List<Entry> read = new ArrayList<>();
    private @Nullable InputStream current;
    private long currentBytes;
    private long contentBytes;
    private byte @Nullable [] directory;
    /** Bytes given out, and how many that will be; the latter is known when the directory is. */
    private long position;
    private long end = Long.MAX_VALUE;

    /** @param keys make the padding */
    ContentStream(SourceTree tree, ChunkKeys keys) {
        this.tree = tree;
        this.keys = keys;
    }

    /** Fills the buffer as far as there is content, and gives the number of bytes. */
    int fill(byte[] buffer) throws IOException {
        int filled = 0;
        while (filled < buffer.length && !exhausted()) {
            InputStream in = current == null ? open() : current;
            int count = in.readNBytes(buffer, filled, buffer.length - filled);
            filled += count;
            currentBytes += count;
            position += count;
            if (filled < buffer.length) {
                end(in);
            }
        }
        return filled;
    }

    private InputStream open() throws IOException {
        currentBytes = 0;
        byte[] record = directory;
        if (record != null) {
            return current = keys.padding(record, end - position);
        }
        while (read.size() < tree.items().size()) {
            SourceTree.Item item = tree.items().get(read.size());
            if (item.entry().kind() == Kind.FILE) {
                return current = Files.newInputStream(item.file());
            }
            read.add(item.entry());
        }
        return current = new ByteArrayInputStream(directory());
    }

    private byte[] directory() throws IOException {
        byte[] record = new Directory(tree.name(), tree.folder(), read).toBytes();
        if (record.length > Directory.MAX_BYTES) {
            throw new StorageException("the names in this folder take more than " + Directory.MAX_BYTES + " bytes");
        }
        directory = record;
        end = PaddedLength.of(contentBytes + record.length);
        return record;
    }

    private void end(InputStream in) throws IOException {
        in.close();
        current = null;
        if (directory == null) {
            Entry listed = tree.items().get(read.size()).entry();
            read.add(Entry.file(listed.path(), currentBytes, listed.mode(), listed.modified()));
            contentBytes += currentBytes;
        }
    }

    /** Whether all was read, the padding included. */
    boolean exhausted() {
        return position == end;
    }

    /** What was read; final once {@link #exhausted()}. */
    SealedPart described() {
        byte[] record = directory;
        if (record == null) {
            throw new IllegalStateException("the files are not read yet");
        }
        return new SealedPart(contentBytes, record.length);
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            current.close();
        }
    }
}
