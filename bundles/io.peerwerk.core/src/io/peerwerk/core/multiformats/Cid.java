// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.multiformats;

import java.nio.ByteBuffer;
import java.util.Arrays;

import io.peerwerk.core.wire.FormatException;

/**
 * The id of a piece of content: what kind of content it is and its hash. Whoever has the content can check it against
 * the id, so it does not matter where it came from.
 *
 * <pre>
 *   version 1   | 1 | content type: varint | multihash |    text "b..." (base 32); other bases are read
 *   version 0   | 0x12 0x20 | digest: 32 bytes |            text "Qm..." (base 58), content type is DAG-PB
 * </pre>
 *
 * <p>Ids are ordered by their bytes, taken unsigned. The same content has different ids in versions 0 and 1.
 *
 * @see <a href="https://github.com/multiformats/cid">CID</a>
 */
public final class Cid implements Comparable<Cid> {

    /** Content type: bytes without structure. */
    public static final long RAW = 0x55;
    /** Content type: node of a Merkle graph, as UnixFS files and folders are made of. */
    public static final long DAG_PB = 0x70;
    /** Content type: a value in CBOR that may link to other content. */
    public static final long DAG_CBOR = 0x71;
    /** Content type: a public key, so the id is that of a peer. */
    public static final long LIBP2P_KEY = 0x72;
    /** Content type: a record of Peerwerk's own, "pw" in the range for private use from 0x300000 on. */
    public static final long PEERWERK = 0x307077;

    /** The most bytes of an id: version, content type, hash function, length, digest. */
    public static final int MAX_BYTES = 1 + 2 * Varint.MAX_SIZE + 2 + Multihash.MAX_DIGEST;

    private static final int V0_LENGTH = 34;
    private static final int V0_TEXT_LENGTH = 46;

    private final int version;
    private final long codec;
    private final Multihash hash;
    private final byte[] bytes;

    private Cid(int version, long codec, Multihash hash, byte[] bytes) {
        this.version = version;
        this.codec = codec;
        this.hash = hash;
        this.bytes = bytes;
    }

    /** The id of version 1 for content of the given type and hash. */
    public static Cid v1(long codec, Multihash hash) {
        byte[] tail = hash.toBytes();
        int length = 1 + Varint.size(codec) + tail.length;
        byte[] bytes = new byte[length];
        bytes[0] = 1;
        Varint.write(codec, bytes, 1);
        System.arraycopy(tail, 0, bytes, length - tail.length, tail.length);
        return new Cid(1, codec, hash, bytes);
    }

    /** The id of version 0 for a DAG-PB node of the given SHA2-256 hash. */
    public static Cid v0(Multihash hash) {
        if (hash.code() != Multihash.SHA2_256) {
            throw new IllegalArgumentException("a CID of version 0 is a SHA2-256 hash");
        }
        return new Cid(0, DAG_PB, hash, hash.toBytes());
    }

    /** The id of these bytes: version 1, raw, SHA2-256. */
    public static Cid raw(byte[] data) {
        return v1(RAW, Multihash.sha256(data));
    }

    /** Reads the text form, in any base that {@link Multibase} knows. */
    public static Cid parse(String text) throws FormatException {
        if (text.length() == V0_TEXT_LENGTH && text.startsWith("Qm")) {
            return read(Base58.decode(text));
        }
        if (text.length() > Radix.MAX_TEXT) {
            throw new FormatException("a CID has no " + text.length() + " characters");
        }
        Cid cid = read(Multibase.decode(text));
        if (cid.version == 0) {
            throw new FormatException("a CID of version 0 is written without naming its base");
        }
        return cid;
    }

    /** Reads the binary form, which must fill the given bytes. */
    public static Cid read(byte[] bytes) throws FormatException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (bytes.length == V0_LENGTH && bytes[0] == Multihash.SHA2_256) {
            return v0(Multihash.parse(bytes));
        }
        long version = Varint.read(in);
        if (version != 1) {
            throw new FormatException("there is no CID of version " + version);
        }
        long codec = Varint.read(in);
        Multihash hash = Multihash.parse(in);
        if (in.hasRemaining()) {
            throw new FormatException(in.remaining() + " bytes follow after a CID");
        }
        return v1(codec, hash);
    }

    /** The version, 0 or 1. */
    public int version() {
        return version;
    }

    /** The content type's number in the multicodec table. */
    public long codec() {
        return codec;
    }

    public Multihash hash() {
        return hash;
    }

    /** The binary form, a copy. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public int compareTo(Cid other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cid that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The text form: "Qm..." for version 0, "b..." for version 1. */
    @Override
    public String toString() {
        return version == 0 ? Base58.encode(bytes) : Multibase.encode(Multibase.BASE32, bytes);
    }
}
