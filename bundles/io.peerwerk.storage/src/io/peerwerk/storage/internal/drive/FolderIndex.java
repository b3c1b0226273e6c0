// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.drive;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.storage.internal.manifest.SafePath;

/**
 * What of a drive a folder of this machine had when both were last compared. Not thread-safe.
 *
 * @param known by path
 */
record FolderIndex(SortedMap<String, Known> known) {

    private static final int VERSION = 1;
    private static final int MAX_PATH = 1 << 13;
    private static final int MAX_PART = 1 << 14;

    /**
     * One thing that was in both.
     *
     * @param local how it looked here; of a file that may have changed within the same tick of the file system's clock,
     *         with a time that no file has
     * @param shown what it was in the drive, and by which writes: those are what the folder's user has seen
     */
    record Known(LocalThing local, Shown shown) {

        DriveEntry entry() {
            return shown.entry();
        }
    }

    FolderIndex() {
        this(new TreeMap<>());
    }

    byte[] toBytes() {
        var out = new ProtoWriter().uint(1, VERSION);
        known.forEach((path, each) -> out.message(2, line(path, each)));
        return out.toBytes();
    }

    private static ProtoWriter line(String path, Known known) {
        LocalThing local = known.local();
        var out = new ProtoWriter().string(1, path).bool(2, local.folder()).uint(3, local.bytes())
                .uint(4, local.modified()).bool(5, local.executable()).message(6, EntryCodec.write(known.entry()))
                .string(7, known.shown().origin());
        known.shown().dots().forEach(dot -> out.message(8, EntryCodec.write(dot)));
        return out;
    }

    static FolderIndex parse(byte[] bytes) throws FormatException {
        var index = new FolderIndex();
        long version = 0;
        var in = new ProtoReader(bytes);
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> version = in.uint();
                case 2 -> index.read(in.message(MAX_PART));
                default -> in.skip();
            }
        }
        if (version != VERSION) {
            throw new FormatException("an index of version " + version + " is not understood by this version");
        }
        return index;
    }

    private void read(ProtoReader in) throws FormatException {
        String path = "";
        String origin = "";
        var dots = new TreeSet<Dot>();
        long[] numbers = new long[6];
        DriveEntry entry = null;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> path = SafePath.check(in.string(MAX_PATH));
                case 2, 3, 4, 5 -> numbers[field] = in.uint();
                case 6 -> entry = EntryCodec.read(in.message(MAX_PART));
                case 7 -> origin = SafePath.check(in.string(MAX_PATH));
                case 8 -> dots.add(EntryCodec.readDot(in.message(MAX_PART)));
                default -> in.skip();
            }
        }
        if (path.isEmpty() || entry == null) {
            throw new FormatException("a line of an index without a path or an entry");
        }
        known.put(path, new Known(new LocalThing(numbers[2] != 0, numbers[3], numbers[4], numbers[5] != 0),
                new Shown(entry, origin, dots)));
    }
}
