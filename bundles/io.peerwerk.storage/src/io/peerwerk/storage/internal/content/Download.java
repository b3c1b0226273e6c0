// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.storage.ContentPath;
import io.peerwerk.storage.Fetched;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.internal.unixfs.ReadLimits;
import io.peerwerk.storage.internal.unixfs.UnixFsNode;
import io.peerwerk.storage.internal.unixfs.UnixFsNode.FileNode;
import io.peerwerk.storage.internal.unixfs.UnixFsNode.FolderNode;
import io.peerwerk.storage.internal.unixfs.UnixFsNode.SymlinkNode;
import io.peerwerk.storage.internal.unixfs.UnixFsReader;

/** A get: brings the blocks here, looks at what they say, writes the files. */
final class Download {

    private final Transfer transfer;
    private final UnixFsReader reader;
    private final MessageDigest sha256 = Multihash.sha256Function();
    private final byte[] buffer = new byte[1 << 16];
    private long bytes;

    Download(Transfer transfer) {
        this.transfer = transfer;
        reader = UnixFsReader.ofChecked(transfer.source(), ReadLimits.STANDARD);
    }

    Fetched run(ContentPath path, Path wanted) throws IOException {
        transfer.phase("fetching", 0);
        UnixFsNode root = reader.resolve(path.root(), String.join("/", path.names()));
        if (root instanceof SymlinkNode link) {
            throw new StorageException(path + " is a symbolic link, to \"" + link.target() + '"');
        }
        String name = path.names().isEmpty() ? root.cid().toString() : path.names().getLast();
        try (TargetTree tree = new TargetTree(name, root instanceof FolderNode, wanted)) {
            fetch(root);
            write(root.cid(), tree);
            transfer.phase("finishing", bytes);
            return new Fetched(tree.finish(), bytes, HexFormat.of().formatHex(sha256.digest()));
        }
    }

    private void fetch(UnixFsNode root) throws IOException {
        transfer.phase("fetching", root instanceof FileNode file ? file.size() : 0);
        DagFetch.all(transfer, root.cid(), DagFetch.Links.OF_FILES);
    }

    private void write(Cid root, TargetTree tree) throws IOException {
        long size = check(root, tree);
        transfer.phase("storing", size);
        reader.walk(root, (path, node) -> {
            transfer.check();
            switch (node) {
                case FolderNode folder -> tree.folder(path);
                case SymlinkNode link -> tree.link(path, link.target());
                case FileNode file -> copy(file, path, tree);
            }
        });
    }

    /** Goes through all before anything is written; gives the size. */
    private long check(Cid root, TargetTree tree) throws IOException {
        long[] size = new long[1];
        long room = tree.room();
        reader.walk(root, (path, node) -> {
            transfer.check();
            size[0] += node instanceof FileNode file ? file.size() : 0;
            if (node instanceof SymlinkNode link) {
                tree.link(path, link.target());
            }
            // A few blocks can be a file of petabytes.
            if (size[0] < 0 || size[0] > room) {
                throw new StorageException("the disk has no room for " + root + ", whose files say they have "
                        + (size[0] < 0 ? "over 2^63" : "at least " + size[0]) + " bytes");
            }
        });
        return size[0];
    }

    private void copy(FileNode file, String path, TargetTree tree) throws IOException {
        try (InputStream in = reader.read(file.cid()); OutputStream out = tree.file(path)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                sha256.update(buffer, 0, count);
                bytes += count;
                transfer.advance(count);
            }
        }
    }
}
