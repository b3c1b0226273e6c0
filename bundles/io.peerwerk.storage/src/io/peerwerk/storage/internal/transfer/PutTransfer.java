// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.io.IOException;
import java.nio.file.Path;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.PutOptions;
import io.peerwerk.storage.StorageLink;
import io.peerwerk.storage.internal.manifest.SealedPart;

/** One put from the first byte read to the last acknowledgement. Used once, by one thread. */
public final class PutTransfer {

    /**
     * What a put made.
     *
     * @param failures how many peers were left out on the way
     */
    public record Result(String name, boolean folder, StorageLink link, PutOptions shards, long bytes, int holders,
            int failures) {

        /** Without the key. */
        @Override
        public String toString() {
            return "Result[" + name + ", " + link.redacted() + ", " + bytes + " bytes]";
        }
    }

    private final TransferContext context;
    private final PutOptions options;
    private final PutKeys keys;
    private final Progress progress;

    /** @param keys of this put only; the caller closes them */
    public PutTransfer(TransferContext context, PutOptions options, PutKeys keys, Progress progress) {
        this.context = context;
        this.options = options;
        this.keys = keys;
        this.progress = progress;
    }

    /** Stores; see {@link io.peerwerk.storage.Storage#put} for the exceptions. */
    public Result run(Path source) throws IOException {
        SourceTree tree = scan(source);
        long total = tree.bytes();
        Control control = new Control(progress, context.closing());
        try (ContentStream content = new ContentStream(tree, keys.chunks())) {
            progress.update(0, total, "storing");
            ChunkSender sender = new ChunkSender(context, control,
                    new ChunkSender.Job(keys, options),
                    stored -> progress.update(Math.min(stored, total), total, "storing"));
            while (!content.exhausted()) {
                ChunkBuffers buffers = sender.next();
                sender.send(buffers, content.fill(buffers.plain));
            }
            SealedPart sealed = content.described();
            Cid root = sender.finish(sealed);
            progress.update(sealed.contentBytes(), sealed.contentBytes(), "finishing");
            return new Result(tree.name(), tree.folder(), new StorageLink(root, keys.read()), options,
                    sealed.contentBytes(), sender.holders(), sender.failures());
        } catch (InterruptedException e) {
            throw Control.cancelled();
        } catch (IOException e) {
            throw FileErrors.explained("read", source, e);
        } finally {
            // Whatever made us leave: what is still queued is of no use now.
            control.fail(Control.cancelled());
        }
    }

    private static SourceTree scan(Path source) throws IOException {
        try {
            return SourceTree.scan(source);
        } catch (IOException e) {
            throw FileErrors.explained("read", source, e);
        }
    }
}
