// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.internal.ipld.DagPbLink;
import io.peerwerk.storage.internal.manifest.SafePath;
import io.peerwerk.storage.internal.unixfs.UnixFsData.ShardData;

/**
 * A node of a trie, as it may be where it stands: its links and its bits say the same, and each name is where its hash
 * says. So no two entries of a trie have one name.
 *
 * @param fanout how many places there are
 * @param level how many shards are above it
 * @param path the places of the shards above, the lowest in the last bits
 * @param links in the order of their places
 */
record Shard(int fanout, int level, long path, List<Link> links) {

    /**
     * What is in a place.
     *
     * @param place counted from 0
     * @param name of the entry; empty where a shard lies below
     * @param target of the link
     */
    record Link(int place, String name, DagPbLink target) {

        boolean isShard() {
            return name.isEmpty();
        }

        FolderEntry entry() {
            return new FolderEntry(name, target.cid(), target.size());
        }
    }

    static Shard root(Parsed block) throws FormatException {
        if (!(block.data() instanceof ShardData data)) {
            throw new FormatException("block " + block.cid() + " is no shard of a folder");
        }
        return parse(block.cid(), block.links(), data, new Shard(data.fanout(), 0, 0, List.of()));
    }

    /** The shard below in a place of this one. */
    Shard below(Parsed block, int place) throws FormatException {
        if (!(block.data() instanceof ShardData data) || data.fanout() != fanout) {
            throw new FormatException("block " + block.cid() + " is no shard of fanout " + fanout
                    + " as those above it are");
        }
        if (level + 1 == NameHash.levels(fanout)) {
            throw new FormatException("a sharded folder goes deeper than its hash, at block " + block.cid());
        }
        return parse(block.cid(), block.links(), data, new Shard(fanout, level + 1, path * fanout + place, List.of()));
    }

    private static Shard parse(Cid cid, List<DagPbLink> links, ShardData data, Shard position)
            throws FormatException {
        ShardBits bits = ShardBits.parse(data.bits(), data.fanout());
        if (bits.count() != links.size()) {
            throw new FormatException("shard " + cid + " has " + links.size() + " links and " + bits.count()
                    + " bits");
        }
        List<Link> read = new ArrayList<>(links.size());
        int last = -1;
        for (DagPbLink link : links) {
            Link next = position.read(link);
            if (next.place <= last || !bits.get(next.place)) {
                throw new FormatException("shard " + cid + " has a link in place " + next.place
                        + ", which comes twice, out of order, or has no bit");
            }
            last = next.place;
            read.add(next);
        }
        return new Shard(position.fanout, position.level, position.path, read);
    }

    private Link read(DagPbLink link) throws FormatException {
        String name = link.name() == null ? "" : link.name();
        int length = ShardBits.prefixLength(fanout);
        int place = place(name, length);
        String rest = name.substring(length);
        if (!rest.isEmpty()) {
            SafePath.checkName(rest);
            if (!isHere(NameHash.of(rest), place)) {
                throw new FormatException("the entry \"" + rest + "\" is not where its hash says");
            }
        }
        return new Link(place, rest, link);
    }

    /** Whether a hash leads to a place of this shard. */
    private boolean isHere(long hash, int place) {
        int bits = Integer.numberOfTrailingZeros(fanout) * (level + 1);
        return hash >>> Long.SIZE - bits == path * fanout + place;
    }

    private int place(String name, int length) throws FormatException {
        int place = 0;
        for (int i = 0; i < length; i++) {
            int digit = i < name.length() ? "0123456789ABCDEF".indexOf(name.charAt(i)) : -1;
            if (digit < 0) {
                throw new FormatException("a link of a shard does not start with its place");
            }
            place = place * 16 + digit;
        }
        if (place >= fanout) {
            throw new FormatException("a link of a shard is in place " + place + " of " + fanout);
        }
        return place;
    }

    /** What is in the place that the name's hash leads to, or null. */
    @Nullable Link find(long hash) {
        int place = NameHash.place(hash, fanout, level);
        for (Link link : links) {
            if (link.place == place) {
                return link;
            }
        }
        return null;
    }
}
