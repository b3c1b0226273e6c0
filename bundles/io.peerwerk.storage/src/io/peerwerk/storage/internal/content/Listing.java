// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.ContentEntry;
import io.peerwerk.storage.ContentEntry.Kind;
import io.peerwerk.storage.ContentPath;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.internal.unixfs.FolderEntry;
import io.peerwerk.storage.internal.unixfs.ReadLimits;
import io.peerwerk.storage.internal.unixfs.UnixFsNode;
import io.peerwerk.storage.internal.unixfs.UnixFsNode.FileNode;
import io.peerwerk.storage.internal.unixfs.UnixFsNode.FolderNode;
import io.peerwerk.storage.internal.unixfs.UnixFsNode.SymlinkNode;
import io.peerwerk.storage.internal.unixfs.UnixFsReader;

/** A list: of what is in a folder only the first blocks are brought here, and of plain leaves not even these. */
final class Listing {

    /** The most names; with what belongs to them they take some 60 MB. */
    private static final int MAX_NAMES = 200_000;

    private final Transfer transfer;
    private final UnixFsReader reader;

    Listing(Transfer transfer) {
        this.transfer = transfer;
        reader = UnixFsReader.ofChecked(transfer.source(), new ReadLimits(2L * MAX_NAMES, Long.MAX_VALUE));
    }

    List<ContentEntry> run(ContentPath path) throws IOException {
        transfer.phase("fetching", 0);
        UnixFsNode node = reader.resolve(path.root(), String.join("/", path.names()));
        if (!(node instanceof FolderNode)) {
            return List.of(entry(path.names().isEmpty() ? node.cid().toString() : path.names().getLast(), node));
        }
        DagFetch.all(transfer, node.cid(), DagFetch.Links.OF_FOLDER);
        List<FolderEntry> names = names(node.cid());
        List<Cid> nodes = names.stream().map(FolderEntry::cid).filter(cid -> cid.codec() != Cid.RAW).toList();
        DagFetch.these(transfer, node.cid(), nodes);
        List<ContentEntry> entries = new ArrayList<>(names.size());
        for (FolderEntry name : names) {
            transfer.check();
            entries.add(entry(name));
        }
        return entries;
    }

    private List<FolderEntry> names(Cid folder) throws IOException {
        List<FolderEntry> names = new ArrayList<>();
        reader.list(folder, entry -> {
            transfer.check();
            if (names.size() == MAX_NAMES) {
                throw new StorageException("folder " + folder + " has over " + MAX_NAMES + " names");
            }
            names.add(entry);
        });
        return names;
    }

    private ContentEntry entry(FolderEntry entry) throws IOException {
        try {
            // A leaf is a file of its own size, which is what the link says, unless it lies or says nothing.
            return entry.cid().codec() == Cid.RAW && entry.totalBytes() >= 0
                    ? new ContentEntry(entry.name(), entry.cid(), Kind.FILE, entry.totalBytes())
                    : entry(entry.name(), reader.stat(entry.cid()));
        } catch (FormatException e) {
            throw new StorageException("\"" + entry.name() + "\" is no file and no folder: " + e.getMessage(), e);
        }
    }

    private static ContentEntry entry(String name, UnixFsNode node) {
        return switch (node) {
            case FileNode file -> new ContentEntry(name, file.cid(), Kind.FILE, file.size());
            case FolderNode folder -> new ContentEntry(name, folder.cid(), Kind.FOLDER, 0);
            case SymlinkNode link -> new ContentEntry(name, link.cid(), Kind.LINK, 0);
        };
    }
}
