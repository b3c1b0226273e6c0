// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.car;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;

/**
 * What stands in front of an archive's blocks, in the one form that DAG-CBOR gives it.
 *
 * <pre>
 *   A2                              a map of two
 *   65 r o o t s     8n             a list of n (up to 23; then 98, 99: length in one or two bytes)
 *                    D8 2A 58 l     a CID of l - 1 bytes (up to 23: 40 + l)
 *                    00 CID
 *   67 v e r s i o n 01
 * </pre>
 *
 * <p>A header of the second version is a map of one: A1 67 v e r s i o n 02.
 *
 * @param version 1 or 2
 * @param roots of the graphs that are in the archive; none in version 2, which says them inside
 */
record CarHeader(int version, List<Cid> roots) {

    /** The most roots. */
    static final int MAX_ROOTS = 1000;
    /** The longest header: that many roots of the longest CIDs. */
    static final int MAX_BYTES = 1 << 18;

    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int LIST = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;
    private static final int CID_TAG = 42;
    private static final int MAX_CID = 256;
    private static final int ONE_BYTE = 24;
    private static final int TWO_BYTES = 25;

    /** The list is copied. */
    CarHeader {
        roots = List.copyOf(roots);
        if (roots.size() > MAX_ROOTS) {
            throw new IllegalArgumentException("an archive with " + roots.size() + " roots");
        }
    }

    static CarHeader parse(byte[] bytes) throws FormatException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        List<Cid> roots = new ArrayList<>();
        int fields = head(in, MAP, 2);
        if (fields == 2) {
            key(in, "roots");
            int count = head(in, LIST, MAX_ROOTS);
            for (int i = 0; i < count; i++) {
                roots.add(cid(in));
            }
        }
        key(in, "version");
        int version = head(in, 0, Integer.MAX_VALUE);
        if (in.hasRemaining() || fields != (version == 1 ? 2 : 1) || version < 1 || version > 2) {
            throw new FormatException("the header of an archive of version " + version + " with " + fields
                    + " fields and " + in.remaining() + " bytes after them");
        }
        return new CarHeader(version, roots);
    }

    byte[] toBytes() {
        var out = new ByteArrayOutputStream();
        boolean first = version == 1;
        head(out, MAP, first ? 2 : 1);
        if (first) {
            key(out, "roots");
            head(out, LIST, roots.size());
            for (Cid root : roots) {
                byte[] cid = root.toBytes();
                head(out, TAG, CID_TAG);
                head(out, BYTES, cid.length + 1);
                out.write(0);
                out.writeBytes(cid);
            }
        }
        key(out, "version");
        head(out, 0, version);
        return out.toByteArray();
    }

    private static Cid cid(ByteBuffer in) throws FormatException {
        if (head(in, TAG, CID_TAG) != CID_TAG) {
            throw new FormatException("a root of an archive is no CID");
        }
        byte[] bytes = take(in, head(in, BYTES, MAX_CID));
        if (bytes.length == 0 || bytes[0] != 0) {
            throw new FormatException("a CID of an archive's header is not marked as binary");
        }
        byte[] cid = new byte[bytes.length - 1];
        System.arraycopy(bytes, 1, cid, 0, cid.length);
        return Cid.read(cid);
    }

    private static void key(ByteBuffer in, String wanted) throws FormatException {
        byte[] key = take(in, head(in, TEXT, wanted.length()));
        if (!new String(key, StandardCharsets.ISO_8859_1).equals(wanted)) {
            throw new FormatException("the header of an archive has no \"" + wanted + "\" in its place");
        }
    }

    private static void key(ByteArrayOutputStream out, String key) {
        head(out, TEXT, key.length());
        out.writeBytes(key.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] take(ByteBuffer in, int length) throws FormatException {
        if (length > in.remaining()) {
            throw new FormatException("the header of an archive is cut off");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    /** Reads a value's kind, which must be the given one, and its number, in the shortest form. */
    private static int head(ByteBuffer in, int kind, int max) throws FormatException {
        int first = Byte.toUnsignedInt(take(in, 1)[0]);
        int number = first & 31;
        int least = 0;
        if (number == ONE_BYTE) {
            number = Byte.toUnsignedInt(take(in, 1)[0]);
            least = ONE_BYTE;
        } else if (number == TWO_BYTES) {
            number = Short.toUnsignedInt(ByteBuffer.wrap(take(in, 2)).getShort());
            least = 1 << Byte.SIZE;
        } else if (number > TWO_BYTES) {
            throw new FormatException("the header of an archive has a length of a form that is not needed");
        }
        if (first >>> 5 != kind || number < least || number > max) {
            throw new FormatException("the header of an archive has " + number + " of kind " + (first >>> 5)
                    + " where kind " + kind + " up to " + max + " is expected");
        }
        return number;
    }

    private static void head(ByteArrayOutputStream out, int kind, int number) {
        if (number < ONE_BYTE) {
            out.write(kind << 5 | number);
        } else if (number < 1 << Byte.SIZE) {
            out.write(kind << 5 | ONE_BYTE);
            out.write(number);
        } else {
            out.write(kind << 5 | TWO_BYTES);
            out.write(number >>> Byte.SIZE);
            out.write(number);
        }
    }
}
