// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.io.IOException;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.StorageLink;
import io.peerwerk.storage.internal.manifest.Directory;
import io.peerwerk.storage.internal.manifest.Manifest;
import io.peerwerk.storage.internal.seal.FileKeys;

/** Stores a file again with other keys, chunk by chunk as they are fetched. Used once, by one thread. */
public final class Rotation {

    private final TransferContext context;
    private final PutKeys keys;
    private final Progress progress;

    /** @param keys of the new file; the caller closes them */
    public Rotation(TransferContext context, PutKeys keys, Progress progress) {
        this.context = context;
        this.keys = keys;
        this.progress = progress;
    }

    /** Rotates; see {@link io.peerwerk.storage.PrivateContent#rotate} for the exceptions. */
    public PutTransfer.Result run(StorageLink link) throws IOException {
        progress.update(0, 0, "rotating");
        Control control = new Control(progress, context.closing());
        try (FileKeys old = new FileKeys(link.key())) {
            Opened file = Opened.of(context, link, old, control);
            Directory directory = file.directory(progress);
            Manifest manifest = file.manifest();
            long total = file.sealed().contentBytes();
            ChunkSender sender = new ChunkSender(context, control,
                    new ChunkSender.Job(keys, manifest.shards()),
                    stored -> progress.update(Math.min(stored, total), total, "rotating"));
            if (file.plainBytes() != ChunkBuffers.PLAIN_BYTES) {
                throw new FormatException("its chunks have another size than this version makes");
            }
            file.chunks().read(0, manifest.chunks(), new Resent(sender));
            Cid root = sender.finish(file.sealed());
            progress.update(total, total, "finishing");
            return new PutTransfer.Result(directory.name(), directory.folder(), new StorageLink(root, keys.read()),
                    manifest.shards(), total, sender.holders(), sender.failures());
        } catch (FormatException e) {
            throw new StorageException("the file was damaged when it was stored, or by a newer version: "
                    + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw Control.cancelled();
        } finally {
            control.fail(Control.cancelled());
        }
    }

    /** Sends on what was fetched; its waiting is that for room to send. */
    private record Resent(ChunkSender sender) implements ChunkReader.Sink {

        @Override
        public void chunk(long chunk, byte[] plain) throws IOException {
            try {
                ChunkBuffers buffers = sender.next();
                System.arraycopy(plain, 0, buffers.plain, 0, plain.length);
                sender.send(buffers, plain.length);
            } catch (InterruptedException e) {
                throw Control.cancelled();
            }
        }

        @Override
        public void waiting() {
            // Nothing new to tell: progress is what is stored.
        }
    }
}
