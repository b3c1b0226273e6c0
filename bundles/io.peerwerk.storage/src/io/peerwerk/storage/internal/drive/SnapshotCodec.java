// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.drive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.storage.Secret;
import io.peerwerk.storage.StorageLink;
import io.peerwerk.storage.internal.drive.DriveEntry.File;
import io.peerwerk.storage.internal.drive.DriveEntry.Folder;
import io.peerwerk.storage.internal.manifest.SafePath;

/**
 * Snapshots as bytes: protobuf, in which equal snapshots have equal bytes, and paths stand in their order, so that of a
 * state that changed a little much stays the same.
 *
 * <pre>
 *   1 version   2 replica   3 time   4 parent: link, several
 *   5 seen: 1 replica 2 number, several
 *   6 written: 1 path 2 replica 3 number 4 modified, of a file also 5 link 6 bytes 7 executable; several
 *   link: 1 CID of the manifest 2 key
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
        snapshot.parents().forEach(parent -> out.message(4, link(parent)));
        snapshot.state().seen().last().forEach((replica, number) ->
                out.message(5, new ProtoWriter().fixed64(1, replica.id()).uint(2, number)));
        snapshot.state().entries().forEach((path, written) ->
                written.forEach((dot, entry) -> out.message(6, entry(path, dot, entry))));
        return out.toBytes();
    }

    private static ProtoWriter entry(String path, Dot dot, DriveEntry entry) {
        var out = new ProtoWriter().string(1, path).fixed64(2, dot.replica().id()).uint(3, dot.number())
                .uint(4, entry.modified());
        return entry instanceof File file
                ? out.message(5, link(file.content())).uint(6, file.bytes()).bool(7, file.executable()) : out;
    }

    private static ProtoWriter link(StorageLink link) {
        byte[] key = link.key().bytes();
        ProtoWriter out = new ProtoWriter().bytes(1, link.root().toBytes()).bytes(2, key);
        Arrays.fill(key, (byte) 0);
        return out;
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
                case 4 -> parents.add(link(counted(in, parents.size(), Snapshot.MAX_PARENTS)));
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
        var replica = new Replica(0);
        long number = 0;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> replica = new Replica(in.fixed64());
                case 2 -> number = in.uint();
                default -> in.skip();
            }
        }
        if (seen.put(replica, dot(replica, number).number()) != null) {
            throw new FormatException("a snapshot that names a replica twice");
        }
    }

    private static void entry(ProtoReader in, SortedMap<String, SortedMap<Dot, DriveEntry>> entries)
            throws FormatException {
        String path = "";
        var replica = new Replica(0);
        long[] numbers = new long[8];
        StorageLink content = null;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> path = SafePath.check(in.string(MAX_PATH));
                case 2 -> replica = new Replica(in.fixed64());
                case 3, 4, 6, 7 -> numbers[field] = in.uint();
                case 5 -> content = link(in.message(MAX_PART));
                default -> in.skip();
            }
        }
        if (path.isEmpty() || numbers[6] < 0) {
            throw new FormatException("an entry without a path or with an impossible size");
        }
        DriveEntry entry = content == null ? new Folder(numbers[4])
                : new File(content, numbers[6], numbers[7] != 0, numbers[4]);
        if (entries.computeIfAbsent(path, none -> new TreeMap<>()).put(dot(replica, numbers[3]), entry) != null) {
            throw new FormatException("a snapshot that has one write twice");
        }
    }

    private static Dot dot(Replica replica, long number) throws FormatException {
        if (number < 1 || number > Dot.MAX_NUMBER) {
            throw new FormatException("a write has the number " + number);
        }
        return new Dot(replica, number);
    }

    private static StorageLink link(ProtoReader in) throws FormatException {
        byte[] root = new byte[0];
        byte[] key = new byte[0];
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> root = in.bytes(Cid.MAX_BYTES);
                case 2 -> key = in.bytes(StorageLink.KEY_BYTES);
                default -> in.skip();
            }
        }
        try {
            return new StorageLink(Cid.read(root), Secret.of(key));
        } catch (IllegalArgumentException e) {
            throw new FormatException("a link whose key has " + key.length + " bytes", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
