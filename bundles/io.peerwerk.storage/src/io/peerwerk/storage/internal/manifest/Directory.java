// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.manifest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.storage.internal.manifest.Entry.Kind;

/**
 * What is in the content stream.
 *
 * @param name of the stored file or folder
 * @param folder whether it is a folder; else there is exactly one entry, a file
 * @param entries in the order of their bytes
 */
public record Directory(String name, boolean folder, List<Entry> entries) {

    /** The longest record. */
    public static final int MAX_BYTES = 64 << 20;
    /** The most entries. */
    public static final int MAX_ENTRIES = 1_000_000;

    private static final int VERSION = 1;
    private static final int MAX_ENTRY_BYTES = 1 << 14;
    private static final int MAX_NAME = 1024;

    /** The list is copied. */
    public Directory {
        entries = List.copyOf(entries);
    }

    /** The sum of the files' sizes. */
    public long contentBytes() {
        return entries.stream().mapToLong(Entry::size).sum();
    }

    /** The record. */
    public byte[] toBytes() {
        ProtoWriter out = new ProtoWriter().uint(1, VERSION).string(2, name).bool(3, folder);
        entries.forEach(entry -> out.message(4, entry.toWriter()));
        return out.toBytes();
    }

    /**
     * Reads a record whose files must have so many bytes together.
     *
     * @throws FormatException also where a name would lead out of the folder, comes twice, or is a file and a folder
     */
    public static Directory parse(byte[] bytes, long contentBytes) throws FormatException {
        long version = 0;
        String name = "";
        boolean folder = false;
        List<Entry> entries = new ArrayList<>();
        ProtoReader in = new ProtoReader(bytes);
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> version = in.uint();
                case 2 -> name = SafePath.checkName(in.string(MAX_NAME));
                case 3 -> folder = in.bool();
                case 4 -> {
                    if (entries.size() == MAX_ENTRIES) {
                        throw new FormatException("a directory with over " + MAX_ENTRIES + " entries");
                    }
                    entries.add(Entry.parse(in.message(MAX_ENTRY_BYTES)));
                }
                default -> in.skip();
            }
        }
        if (version != VERSION || name.isEmpty()) {
            throw new FormatException("a directory of version " + version + " is not understood by this version");
        }
        checkSizes(entries, contentBytes);
        checkTree(entries);
        if (!folder && (entries.size() != 1 || entries.getFirst().kind() != Kind.FILE)) {
            throw new FormatException("a stored file has " + entries.size() + " entries");
        }
        return new Directory(name, folder, entries);
    }

    private static void checkSizes(List<Entry> entries, long contentBytes) throws FormatException {
        long left = contentBytes;
        for (Entry entry : entries) {
            if (entry.size() > left) {
                throw new FormatException("a directory's files are larger than its content");
            }
            left -= entry.size();
        }
        if (left != 0) {
            throw new FormatException("a directory's files are smaller than its content");
        }
    }

    /** No path comes twice, and what lies in something lies in a folder. */
    private static void checkTree(List<Entry> entries) throws FormatException {
        Set<String> all = new HashSet<>();
        Set<String> leaves = new HashSet<>();
        for (Entry entry : entries) {
            if (!all.add(entry.path())) {
                throw new FormatException("a directory names one path twice");
            }
            if (entry.kind() != Kind.FOLDER) {
                leaves.add(entry.path());
            }
        }
        for (Entry entry : entries) {
            String path = entry.path();
            for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
                if (leaves.contains(path.substring(0, slash))) {
                    throw new FormatException("a directory has a path that leads through a file");
                }
            }
        }
    }
}
