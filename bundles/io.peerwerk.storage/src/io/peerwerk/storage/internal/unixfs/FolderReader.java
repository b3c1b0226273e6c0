// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.internal.ipld.BlockSource;
import io.peerwerk.storage.internal.ipld.DagPbLink;
import io.peerwerk.storage.internal.manifest.SafePath;
import io.peerwerk.storage.internal.unixfs.UnixFsData.FolderData;
import io.peerwerk.storage.internal.unixfs.UnixFsData.ShardData;

/** Entries of one folder, whatever its form. */
final class FolderReader {

    private final BlockSource source;
    private final Budget budget;

    /** The budget is spent on entries, and on the shards that they are in. */
    FolderReader(BlockSource source, Budget budget) {
        this.source = source;
        this.budget = budget;
    }

    /** Tells all entries, in the order of the links. */
    void list(Parsed folder, EntryVisitor visitor) throws IOException {
        switch (folder.data()) {
            case FolderData flat -> listFlat(folder, visitor);
            case ShardData shard -> list(Shard.root(folder), visitor);
            default -> throw new FormatException("block " + folder.cid() + " is no folder");
        }
    }

    private void listFlat(Parsed folder, EntryVisitor visitor) throws IOException {
        budget.hold(folder.links().size());
        Set<String> names = new HashSet<>();
        for (DagPbLink link : folder.links()) {
            String name = SafePath.checkName(link.name() == null ? "" : link.name());
            if (!names.add(name)) {
                throw new FormatException("folder " + folder.cid() + " has two entries of the name \"" + name + "\"");
            }
            budget.spend();
            visitor.visit(new FolderEntry(name, link.cid(), link.size()));
        }
        budget.release(folder.links().size());
    }

    /** The recursion is as deep as a hash has levels, 21 at most. */
    private void list(Shard shard, EntryVisitor visitor) throws IOException {
        budget.hold(shard.links().size());
        for (Shard.Link link : shard.links()) {
            budget.spend();
            if (link.isShard()) {
                list(shard.below(Parsed.get(source, link.target().cid()), link.place()), visitor);
            } else {
                visitor.visit(link.entry());
            }
        }
        budget.release(shard.links().size());
    }

    /** The entry of a name. In a trie only the shards on the way to it are read. */
    Optional<FolderEntry> find(Parsed folder, String name) throws IOException {
        if (folder.data() instanceof ShardData) {
            return findInTrie(Shard.root(folder), name);
        }
        var found = new FolderEntry[1];
        list(folder, entry -> {
            if (entry.name().equals(name)) {
                found[0] = entry;
            }
        });
        return Optional.ofNullable(found[0]);
    }

    private Optional<FolderEntry> findInTrie(Shard root, String name) throws IOException {
        long hash = NameHash.of(name);
        Shard shard = root;
        Shard.Link link = shard.find(hash);
        while (link != null && link.isShard()) {
            budget.spend();
            shard = shard.below(Parsed.get(source, link.target().cid()), link.place());
            link = shard.find(hash);
        }
        return link != null && link.name().equals(name) ? Optional.of(link.entry()) : Optional.empty();
    }
}
