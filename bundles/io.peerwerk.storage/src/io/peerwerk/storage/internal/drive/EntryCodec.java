// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.drive;


import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.storage.StorageLink;
import io.peerwerk.storage.internal.drive.DriveEntry.File;
import io.peerwerk.storage.internal.drive.DriveEntry.Folder;
import io.peerwerk.storage.internal.manifest.LinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Entries and dots as parts of records.
 *
 * <pre>
 *   entry: 1 modified, of a file also 2 link 3 SHA-256 4 bytes 5 executable
 *   dot:   1 replica 2 number
 * </pre>
 */
final class EntryCodec {

    private static final int DIGEST = 32;
    private static final int MAX_LINK = 1 << 10;

    private EntryCodec() {
    }

    static ProtoWriter write(DriveEntry entry) {
        var out = new ProtoWriter().uint(1, entry.modified());
        return entry instanceof File file ? out.message(2, LinkRecord.write(file.content())).bytes(3, file.digest().digest())
                .uint(4, file.bytes()).bool(5, file.executable()) : out;
    }

    static DriveEntry read(ProtoReader in) throws FormatException {
        long[] numbers = new long[6];
        byte[] digest = new byte[0];
        @Nullable StorageLink content = null;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1, 4, 5 -> numbers[field] = in.uint();
                case 2 -> content = LinkRecord.read(in.message(MAX_LINK));
                case 3 -> digest = in.bytes(DIGEST);
                default -> in.skip();
            }
        }
        if (content == null) {
            return new Folder(numbers[1]);
        }
        if (digest.length != DIGEST || numbers[4] < 0) {
            throw new FormatException("a file without a digest or with an impossible size");
        }
        return new File(content, new Multihash(Multihash.SHA2_256, digest), numbers[4], numbers[5] != 0, numbers[1]);
    }

    static ProtoWriter write(Dot dot) {
        return new ProtoWriter().fixed64(1, dot.replica().id()).uint(2, dot.number());
    }

    static Dot readDot(ProtoReader in) throws FormatException {
        var replica = new Replica(0);
        long number = 0;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> replica = new Replica(in.fixed64());
                case 2 -> number = in.uint();
                default -> in.skip();
            }
        }
        return dot(replica, number);
    }

    static Dot dot(Replica replica, long number) throws FormatException {
        if (number < 1 || number > Dot.MAX_NUMBER) {
            throw new FormatException("a write has the number " + number);
        }
        return new Dot(replica, number);
    }
}
