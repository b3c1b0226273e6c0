// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.ipld;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Varint;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;

/**
 * A link from one node to another.
 *
 * @param cid the other node
 * @param name what it is called here, at most {@value #MAX_NAME_BYTES} bytes; null where the field is left out
 * @param size bytes of all blocks below, each counted as often as it is linked, as the maker of the link says;
 *            {@link #NO_SIZE} where the field is left out
 */
public record DagPbLink(Cid cid, @Nullable String name, long size) {

    /** No size is given. */
    public static final long NO_SIZE = -1;
    /** The longest name, in bytes. */
    public static final int MAX_NAME_BYTES = 4096;

    private static final int MAX_BYTES = Cid.MAX_BYTES + MAX_NAME_BYTES + 32;
    private static final int TARGET = 1;
    private static final int NAME = 2;
    private static final int SIZE = 3;

    /** Checks the length of the name and the size. */
    public DagPbLink {
        if (size < NO_SIZE) {
            throw new IllegalArgumentException("nothing has " + size + " bytes");
        }
        if (name != null && nameBytes(name).length > MAX_NAME_BYTES) {
            throw new IllegalArgumentException("a name of over " + MAX_NAME_BYTES + " bytes");
        }
    }

    /** The bytes that the link takes in its node, its tag and length included. */
    public int bytesInNode() {
        int inner = lengthDelimited(cid.toBytes().length);
        inner += name == null ? 0 : lengthDelimited(nameBytes(name).length);
        inner += size == NO_SIZE ? 0 : 1 + Varint.size(size);
        return lengthDelimited(inner);
    }

    /** Bytes of a field that has so many bytes of content and a tag of one byte. */
    static int lengthDelimited(int length) {
        return 1 + Varint.size(length) + length;
    }

    private static byte[] nameBytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    ProtoWriter toWriter() {
        ProtoWriter out = new ProtoWriter().bytes(TARGET, cid.toBytes());
        if (name != null) {
            out.string(NAME, name);
        }
        return size == NO_SIZE ? out : out.uint(SIZE, size);
    }

    /** Reads the field of a node that stands next. */
    static DagPbLink parse(ProtoReader node) throws FormatException {
        ProtoReader in = node.message(MAX_BYTES);
        Cid cid = null;
        String name = null;
        long size = NO_SIZE;
        int last = 0;
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field <= last) {
                throw new FormatException("field " + field + " of a link comes after field " + last);
            }
            last = field;
            switch (field) {
                case TARGET -> cid = Cid.read(in.bytes(Cid.MAX_BYTES));
                case NAME -> name = in.string(MAX_NAME_BYTES);
                case SIZE -> size = size(in.uint());
                default -> throw new FormatException("a link has no field " + field);
            }
        }
        if (cid == null) {
            throw new FormatException("a link without a CID");
        }
        return new DagPbLink(cid, name, size);
    }

    private static long size(long value) throws FormatException {
        if (value < 0) {
            throw new FormatException("a link to " + Long.toUnsignedString(value) + " bytes");
        }
        return value;
    }
}
