// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.StorageLink;
import io.peerwerk.storage.WrongKeyException;
import io.peerwerk.storage.internal.manifest.Directory;
import io.peerwerk.storage.internal.manifest.Manifest;
import io.peerwerk.storage.internal.manifest.PaddedLength;
import io.peerwerk.storage.internal.manifest.SealedPart;
import io.peerwerk.storage.internal.seal.ChunkSeal;
import io.peerwerk.storage.internal.seal.FileKeys;
import io.peerwerk.storage.internal.seal.SealBrokenException;

/**
 * A stored file whose manifest was found and opened.
 *
 * @param chunks reads its chunks
 */
record Opened(Manifest manifest, SealedPart sealed, ChunkReader chunks) {

    /**
     * Finds and opens the manifest; blocks.
     *
     * @param keys stay open as long as chunks are read
     * @throws FormatException where the parts do not fit together
     */
    static Opened of(TransferContext context, StorageLink link, FileKeys keys, Control control) throws IOException {
        Manifest manifest = new ManifestReader(context).manifest(link.root(), control);
        SealedPart sealed = open(keys, manifest);
        FileReader shards = new FileReader(context, manifest, control);
        return new Opened(manifest, sealed,
                new ChunkReader(context, manifest, shards, keys.chunkKeys(), control));
    }

    private static SealedPart open(FileKeys keys, Manifest manifest) throws IOException {
        try {
            SealedPart sealed = SealedPart.parse(keys.manifest().open(manifest.sealed(), manifest.publicPart()));
            if (PaddedLength.of(sealed.usedBytes()) != streamBytes(manifest)) {
                throw new FormatException("content and chunks differ in size");
            }
            return sealed;
        } catch (SealBrokenException e) {
            WrongKeyException wrong = new WrongKeyException();
            wrong.initCause(e);
            throw wrong;
        }
    }

    private static long streamBytes(Manifest manifest) {
        return (manifest.chunks() - 1) * (manifest.chunkBytes() - ChunkSeal.OVERHEAD)
                + manifest.lastBytes() - ChunkSeal.OVERHEAD;
    }

    /** Bytes of the stream in every chunk but the last. */
    int plainBytes() {
        return manifest.chunkBytes() - ChunkSeal.OVERHEAD;
    }

    /** Reads what is in the file; blocks. */
    Directory directory(Progress progress) throws IOException {
        long size = sealed.contentBytes();
        Record record = new Record(size, progress);
        chunks.read(size / plainBytes(), Math.ceilDiv(sealed.usedBytes(), plainBytes()), record);
        return Directory.parse(record.bytes.toByteArray(), size);
    }

    /** Takes the chunks from the one in which the files end to the one in which the directory does. */
    private final class Record implements ChunkReader.Sink {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final long size;
        private final Progress progress;

        Record(long size, Progress progress) {
            this.size = size;
            this.progress = progress;
        }

        @Override
        public void chunk(long chunk, byte[] plain) {
            int skipped = bytes.size() == 0 && chunk == size / plainBytes() ? (int) (size % plainBytes()) : 0;
            int count = Math.min(plain.length - skipped, sealed.directoryBytes() - bytes.size());
            bytes.write(plain, skipped, count);
        }

        @Override
        public void waiting() {
            progress.update(0, size, "fetching");
        }
    }
}
