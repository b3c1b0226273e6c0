// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.manifest;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;

/**
 * What of a manifest only the owner of the link reads. As bytes it is always equally long, or its length would tell the
 * order of magnitude of what is in it.
 *
 * @param contentBytes bytes of all files
 * @param directoryBytes bytes of the directory record, which follows them
 */
public record SealedPart(long contentBytes, int directoryBytes) {

    /** The part as bytes, before they are sealed. */
    public byte[] toBytes() {
        return new ProtoWriter().fixed64(1, contentBytes).fixed32(2, directoryBytes).toBytes();
    }

    /** Reads it. */
    public static SealedPart parse(byte[] bytes) throws FormatException {
        long content = 0;
        long directory = 0;
        ProtoReader in = new ProtoReader(bytes);
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> content = in.fixed64();
                case 2 -> directory = in.fixed32();
                default -> in.skip();
            }
        }
        if (content < 0 || content > Long.MAX_VALUE / 4 || directory < 1 || directory > Directory.MAX_BYTES) {
            throw new FormatException("a manifest has an impossible content of " + content + " and directory of "
                    + directory + " bytes");
        }
        return new SealedPart(content, (int) directory);
    }

    /** Bytes of files and directory together, without the padding. */
    public long usedBytes() {
        return contentBytes + directoryBytes;
    }
}
