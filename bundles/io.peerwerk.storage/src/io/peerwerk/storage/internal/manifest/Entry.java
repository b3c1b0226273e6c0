// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.manifest;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;

/**
 * One thing in a stored folder.
 *
 * @param path relative, with {@code /} between names; the file's name where a single file was stored
 * @param kind what it is
 * @param size bytes of a file, else 0
 * @param mode POSIX permission bits, of which only the lower nine are ever applied
 * @param modified milliseconds since 1970
 * @param target where a symbolic link points, else empty
 */
public record Entry(String path, Kind kind, long size, int mode, long modified, String target) {

    private static final int MAX_TEXT = 4096;

    /** What an entry is. */
    public enum Kind {
        /** Bytes. */
        FILE,
        /** A folder, named so that empty ones and their times come back. */
        FOLDER,
        /** A symbolic link. */
        LINK;

        private static Kind of(long code) throws FormatException {
            if (code < 0 || code >= values().length) {
                throw new FormatException("an entry of the unknown kind " + code);
            }
            return values()[(int) code];
        }
    }

    /** A file. */
    public static Entry file(String path, long size, int mode, long modified) {
        return new Entry(path, Kind.FILE, size, mode, modified, "");
    }

    ProtoWriter toWriter() {
        ProtoWriter out = new ProtoWriter().string(1, path).uint(2, kind.ordinal()).uint(3, size).uint(4, mode)
                .uint(5, modified);
        return target.isEmpty() ? out : out.string(6, target);
    }

    static Entry parse(ProtoReader in) throws FormatException {
        String path = "";
        Kind kind = Kind.FILE;
        long size = 0;
        long mode = 0;
        long modified = 0;
        String target = "";
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> path = in.string(MAX_TEXT);
                case 2 -> kind = Kind.of(in.uint());
                case 3 -> size = in.uint();
                case 4 -> mode = in.uint();
                case 5 -> modified = in.uint();
                case 6 -> target = in.string(MAX_TEXT);
                default -> in.skip();
            }
        }
        if (size < 0 || kind != Kind.FILE && size != 0) {
            throw new FormatException("an entry with an impossible size");
        }
        return new Entry(SafePath.check(path), kind, size, (int) (mode & 0777), modified, target);
    }
}
