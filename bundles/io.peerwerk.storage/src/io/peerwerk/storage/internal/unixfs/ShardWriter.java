// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.internal.ipld.DagPbLink;
import io.peerwerk.storage.internal.ipld.DagPbNode;
import io.peerwerk.storage.internal.unixfs.UnixFsData.ShardData;

/** Writes a folder as a trie: entries in the order of their hashes, so that each shard is a run of them. */
final class ShardWriter {

    private static final int FANOUT = Profile.FANOUT;

    private final UnixFsImporter importer;
    private final Attributes attributes;

    ShardWriter(UnixFsImporter importer, Attributes attributes) {
        this.importer = importer;
        this.attributes = attributes;
    }

    private record Hashed(long hash, DagPbLink link) {
    }

    Imported write(Collection<DagPbLink> entries) throws IOException {
        List<Hashed> sorted = entries.stream().map(link -> new Hashed(NameHash.of(link.name()), link))
                .sorted(Comparator.comparing(Hashed::hash, Long::compareUnsigned)).toList();
        return shard(sorted, 0);
    }

    private Imported shard(List<Hashed> entries, int level) throws IOException {
        if (level == NameHash.levels(FANOUT)) {
            throw new FormatException("names of a folder have the same hash: \"" + entries.getFirst().link.name()
                    + "\" and \"" + entries.getLast().link.name() + "\"");
        }
        List<DagPbLink> links = new ArrayList<>();
        ShardBits bits = new ShardBits(FANOUT);
        for (int from = 0; from < entries.size();) {
            int place = NameHash.place(entries.get(from).hash, FANOUT, level);
            int to = from + 1;
            while (to < entries.size() && NameHash.place(entries.get(to).hash, FANOUT, level) == place) {
                to++;
            }
            bits.set(place);
            links.add(link(ShardBits.prefix(place, FANOUT), entries.subList(from, to), level));
            from = to;
        }
        var data = new ShardData(bits.toBytes(), FANOUT, level == 0 ? attributes : Attributes.NONE);
        return importer.put(new DagPbNode(links, data.toBytes()), 0);
    }

    /** To an entry that has its place for itself, else to a shard of those that share it. */
    private DagPbLink link(String prefix, List<Hashed> entries, int level) throws IOException {
        if (entries.size() == 1) {
            DagPbLink entry = entries.getFirst().link;
            return new DagPbLink(entry.cid(), prefix + entry.name(), entry.size());
        }
        Imported below = shard(entries, level + 1);
        return new DagPbLink(below.cid(), prefix, below.totalBytes());
    }
}
