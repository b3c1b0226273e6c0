// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.io.IOException;
import java.nio.file.Path;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.Fetched;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.StorageLink;
import io.peerwerk.storage.internal.manifest.Directory;
import io.peerwerk.storage.internal.seal.FileKeys;

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
            Opened file = Opened.of(context, link, keys, control);
            return write(file, target);
        } catch (FormatException e) {
            throw new StorageException("the file was damaged when it was stored, or by a newer version: "
                    + e.getMessage(), e);
        } catch (IOException e) {
            throw FileErrors.explained("write", target, e);
        } finally {
            control.fail(Control.cancelled());
        }
    }

    private Fetched write(Opened file, Path target) throws IOException {
        long size = file.sealed().contentBytes();
        int each = file.plainBytes();
        Directory directory = file.directory(progress);
        try (TargetWriter writer = new TargetWriter(directory, target)) {
            Content content = new Content(writer, size);
            file.chunks().read(0, Math.ceilDiv(size, each), content);
            progress.update(size, size, "finishing");
            control.check();
            String sha256 = writer.finish();
            return new Fetched(writer.target(), size, sha256);
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
            // In the last one the directory follows.
            int files = (int) Math.min(plain.length, size - written);
            writer.write(plain, 0, files);
            written += files;
            waiting();
        }

        @Override
        public void waiting() {
            progress.update(written, size, "fetching");
        }
    }
}
