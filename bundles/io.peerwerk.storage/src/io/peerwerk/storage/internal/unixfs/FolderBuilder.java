// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.internal.ipld.DagPbLink;
import io.peerwerk.storage.internal.ipld.DagPbNode;
import io.peerwerk.storage.internal.manifest.SafePath;
import io.peerwerk.storage.internal.unixfs.Profile.FolderSize;
import io.peerwerk.storage.internal.unixfs.UnixFsData.FolderData;

/**
 * A folder in the making. Whether it becomes one node or a trie depends on all its entries, files and folders alike, as
 * with Kubo. (Helia's importer leaves folders that it makes on the way out of the sum.) Not thread-safe.
 */
public final class FolderBuilder {

    /** The most entries of a folder. */
    public static final int MAX_ENTRIES = 1_000_000;

    private final UnixFsImporter importer;
    private final Attributes attributes;
    private final Map<String, DagPbLink> entries = new LinkedHashMap<>();

    FolderBuilder(UnixFsImporter importer, Attributes attributes) {
        this.importer = importer;
        this.attributes = attributes;
    }

    /**
     * Adds an entry.
     *
     * @throws FormatException if the name is none that we would read, is there already, or is one too many
     */
    public FolderBuilder add(String name, Imported entry) throws FormatException {
        if (entries.size() == MAX_ENTRIES) {
            throw new FormatException("a folder of over " + MAX_ENTRIES + " entries");
        }
        var link = new DagPbLink(entry.cid(), SafePath.checkName(name), entry.totalBytes());
        if (entries.putIfAbsent(name, link) != null) {
            throw new FormatException("a folder has two entries of one name");
        }
        return this;
    }

    /** Makes the folder's blocks. */
    public Imported finish() throws IOException {
        if (size() > Profile.MAX_FOLDER_BYTES) {
            return new ShardWriter(importer, attributes).write(entries.values());
        }
        return importer.put(DagPbNode.sorted(entries.values(), new FolderData(attributes).toBytes()), 0);
    }

    private long size() {
        if (importer.profile().folderSize() == FolderSize.OF_LINKS) {
            return entries.values().stream().mapToLong(FolderBuilder::nameAndCid).sum();
        }
        return new DagPbNode(List.copyOf(entries.values()), new FolderData(attributes).toBytes()).size();
    }

    private static int nameAndCid(DagPbLink link) {
        return link.name().getBytes(StandardCharsets.UTF_8).length + link.cid().toBytes().length;
    }
}
