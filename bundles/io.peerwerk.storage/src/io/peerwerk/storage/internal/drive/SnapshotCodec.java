// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.drive;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.storage.StorageLink;
import io.peerwerk.storage.internal.manifest.LinkRecord;
import io.peerwerk.storage.internal.manifest.SafePath;

/**
 * Snapshots as bytes: protobuf, in which equal snapshots have equal bytes, and paths stand in their order, so that of a
 * state that changed a little much stays the same. Entries are {@link EntryCodec}'s,
 * links {@link LinkRecord}'s.
 *
 * <pre>
 *   1 version   2 replica   3 time   4 parent: link, several
 *   5 seen: 1 replica 2 number, several
 *   6 written: 1 path 2 replica 3 number 4 entry, several
 * </pre>
 */
public final class SnapshotCodec {

    /** The longest snapshot that is read: some two million files. */
    public static final int MAX_BYTES = 256 << 20;

    private static final int VERSION = 1;
    private static final int MAX_REPLICAS = 10_000;
    private static final int MAX_PATH = 1 << 13;
    private static final int MAX_PART = 1 << 14;

    private SnapshotCodec() {
    }

    /** Keys are in it: the caller wipes it after use. */
    public static byte[] toBytes(Snapshot snapshot) {
        var out = new ProtoWriter().uint(1, VERSION).fixed64(2, snapshot.replica().id()).uint(3, snapshot.time());
        snapshot.parents().forEach(parent -> out.message(4, LinkRecord.write(parent)));
        snapshot.state().seen().last().forEach((replica, number) ->
                out.message(5, EntryCodec.write(new Dot(replica, number))));
        snapshot.state().entries().forEach((path, written) ->
                written.forEach((dot, entry) -> out.message(6, new ProtoWriter().string(1, path)
                        .fixed64(2, dot.replica().id()).uint(3, dot.number()).message(4, EntryCodec.write(entry)))));
        return out.toBytes();
    }

    /**
     * Reads a snapshot.
     *
     * @throws FormatException where it is none, of a newer version, or says what cannot be
     */
    public static Snapshot parse(byte[] bytes) throws FormatException {
        if (bytes.length > MAX_BYTES) {
            throw new FormatException("a snapshot of " + bytes.length + " bytes is too long");
        }
        long version = 0;
        var replica = new Replica(0);
        long time = 0;
        List<StorageLink> parents = new ArrayList<>();
        SortedMap<Replica, Long> seen = new TreeMap<>();
        SortedMap<String, SortedMap<Dot, DriveEntry>> entries = new TreeMap<>();
        var in = new ProtoReader(bytes);
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> version = in.uint();
                case 2 -> replica = new Replica(in.fixed64());
                case 3 -> time = in.uint();
                case 4 -> parents.add(LinkRecord.read(counted(in, parents.size(), Snapshot.MAX_PARENTS)));
                case 5 -> seen(counted(in, seen.size(), MAX_REPLICAS), seen);
                case 6 -> entry(in.message(MAX_PART), entries);
                default -> in.skip();
            }
        }
        if (version != VERSION) {
            throw new FormatException("a snapshot of version " + version + " is not understood by this version");
        }
        try {
            return new Snapshot(new DriveState(new Seen(seen), entries), parents, replica, time);
        } catch (IllegalArgumentException e) {
            throw new FormatException("not a snapshot: " + e.getMessage(), e);
        }
    }

    private static ProtoReader counted(ProtoReader in, int there, int most) throws FormatException {
        if (there >= most) {
            throw new FormatException("a snapshot with over " + most + " replicas or parents");
        }
        return in.message(MAX_PART);
    }

    private static void seen(ProtoReader in, SortedMap<Replica, Long> seen) throws FormatException {
        Dot last = EntryCodec.readDot(in);
        if (seen.put(last.replica(), last.number()) != null) {
            throw new FormatException("a snapshot that names a replica twice");
        }
    }

    private static void entry(ProtoReader in, SortedMap<String, SortedMap<Dot, DriveEntry>> entries)
            throws FormatException {
        String path = "";
        var replica = new Replica(0);
        long number = 0;
        DriveEntry entry = null;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> path = SafePath.check(in.string(MAX_PATH));
                case 2 -> replica = new Replica(in.fixed64());
                case 3 -> number = in.uint();
                case 4 -> entry = EntryCodec.read(in.message(MAX_PART));
                default -> in.skip();
            }
        }
        if (path.isEmpty() || entry == null) {
            throw new FormatException("a write without a path or an entry");
        }
        if (entries.computeIfAbsent(path, none -> new TreeMap<>()).put(EntryCodec.dot(replica, number), entry) != null) {
            throw new FormatException("a snapshot that has one write twice");
        }
    }
}
