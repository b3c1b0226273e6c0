// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.Fetched;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.StorageLink;
import io.peerwerk.storage.WrongKeyException;
import io.peerwerk.storage.internal.manifest.Directory;
import io.peerwerk.storage.internal.manifest.Manifest;
import io.peerwerk.storage.internal.manifest.SealedPart;
import io.peerwerk.storage.internal.seal.ChunkSeal;
import io.peerwerk.storage.internal.seal.FileKeys;
import io.peerwerk.storage.internal.seal.SealBrokenException;

/** One get. Used once, by one thread. */
public final class GetTransfer {

    private final TransferContext context;
    private final Progress progress;
    private final Control control;

    /** A get that tells of its progress. */
    public GetTransfer(TransferContext context, Progress progress) {
        this.context = context;
        this.progress = progress;
        control = new Control(progress, context.closing());
    }

    /** Fetches; see {@link io.peerwerk.storage.Storage#get} for the exceptions. */
    public Fetched run(StorageLink link, Path target) throws IOException {
        progress.update(0, 0, "fetching");
        try (FileKeys keys = new FileKeys(link.key())) {
            Manifest manifest = new ManifestReader(context).manifest(link.root(), control);
            SealedPart sealed = open(keys, manifest);
            FileReader shards = new FileReader(context, manifest, control);
            ChunkReader chunks = new ChunkReader(context, manifest, shards, keys.chunks(), control);
            return write(chunks, manifest, sealed, target);
        } catch (FormatException e) {
            throw new StorageException("the file was damaged when it was stored, or by a newer version: "
                    + e.getMessage(), e);
        } catch (IOException e) {
            throw FileErrors.explained("write", target, e);
        } finally {
            control.fail(Control.cancelled());
        }
    }

    private static SealedPart open(FileKeys keys, Manifest manifest) throws IOException {
        try {
            SealedPart sealed = SealedPart.parse(keys.manifest().open(manifest.sealed(), manifest.publicPart()));
            long plain = plainBytes(manifest, manifest.chunks());
            if (sealed.contentBytes() != plain - sealed.directoryBytes()) {
                throw new FormatException("content and chunks differ in size");
            }
            return sealed;
        } catch (SealBrokenException e) {
            WrongKeyException wrong = new WrongKeyException();
            wrong.initCause(e);
            throw wrong;
        }
    }

    /** Plaintext bytes of the first chunks. */
    private static long plainBytes(Manifest manifest, long chunks) {
        long each = manifest.chunkBytes() - ChunkSeal.OVERHEAD;
        return chunks < manifest.chunks() ? chunks * each
                : (chunks - 1) * each + manifest.lastBytes() - ChunkSeal.OVERHEAD;
    }

    private Fetched write(ChunkReader chunks, Manifest manifest, SealedPart sealed, Path target) throws IOException {
        long size = sealed.contentBytes();
        int each = manifest.chunkBytes() - ChunkSeal.OVERHEAD;
        Tail tail = new Tail(size, size % each, size / each);
        chunks.read(size / each, manifest.chunks(), tail);
        Directory directory = Directory.parse(tail.directory.toByteArray(), size);
        try (TargetWriter writer = new TargetWriter(directory, target)) {
            chunks.read(0, size / each, new Content(writer, size));
            writer.write(tail.content.toByteArray(), 0, tail.content.size());
            progress.update(size, size, "finishing");
            control.check();
            String sha256 = writer.finish();
            return new Fetched(writer.target(), size, sha256);
        }
    }

    /** The chunks from the one in which the files end: the rest of the files, and the directory. */
    private final class Tail implements ChunkReader.Sink {

        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
        private final long size;
        private final int rest;
        private final long firstChunk;

        /** @param rest bytes of the files in the first one of these chunks */
        Tail(long size, long rest, long firstChunk) {
            this.size = size;
            this.rest = (int) rest;
            this.firstChunk = firstChunk;
        }

        @Override
        public void chunk(long chunk, byte[] plain) {
            int files = chunk == firstChunk ? rest : 0;
            content.write(plain, 0, files);
            directory.write(plain, files, plain.length - files);
        }

        @Override
        public void waiting() {
            progress.update(0, size, "fetching");
        }
    }

    private final class Content implements ChunkReader.Sink {

        private final TargetWriter writer;
        private final long size;
        private long written;

        Content(TargetWriter writer, long size) {
            this.writer = writer;
            this.size = size;
        }

        @Override
        public void chunk(long chunk, byte[] plain) throws IOException {
            writer.write(plain, 0, plain.length);
            written += plain.length;
            waiting();
        }

        @Override
        public void waiting() {
            progress.update(written, size, "fetching");
        }
    }
}
