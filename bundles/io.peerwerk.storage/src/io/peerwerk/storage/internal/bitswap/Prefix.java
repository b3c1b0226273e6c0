// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

import java.nio.ByteBuffer;
import java.util.Optional;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.multiformats.Varint;
import io.peerwerk.core.wire.FormatException;

/**
 * A CID without its digest, which whoever gets the block computes.
 *
 * <pre>
 *   | version: varint | content type: varint | hash function: varint | length of the digest: varint |
 * </pre>
 *
 * @param version the CID's version, 0 or 1
 * @param codec   the content type
 * @param hash    the hash function
 * @param length  bytes of the digest
 */
public record Prefix(int version, long codec, long hash, int length) {

    /** Of a block in a message of version 1.0.0. */
    static final Prefix V0 = new Prefix(0, Cid.DAG_PB, Multihash.SHA2_256, 32);

    /** The prefix of a CID. */
    public static Prefix of(Cid cid) {
        return new Prefix(cid.version(), cid.codec(), cid.hash().code(), cid.hash().digest().length);
    }

    /** Reads a prefix that fills the bytes. */
    static Prefix parse(byte[] bytes) throws FormatException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long version = Varint.read(in);
        long codec = Varint.read(in);
        long hash = Varint.read(in);
        long length = Varint.read(in);
        if (version > 1 || length > Multihash.MAX_DIGEST || in.hasRemaining()) {
            throw new FormatException("no prefix of a CID");
        }
        return new Prefix((int) version, codec, hash, (int) length);
    }

    byte[] toBytes() {
        byte[] bytes = new byte[Varint.size(version) + Varint.size(codec) + Varint.size(hash) + Varint.size(length)];
        int at = Varint.write(version, bytes, 0);
        at = Varint.write(codec, bytes, at);
        at = Varint.write(hash, bytes, at);
        Varint.write(length, bytes, at);
        return bytes;
    }

    /** The CID of these bytes; empty if the hash function is not one that can be computed here, or has another length. */
    public Optional<Cid> cid(ByteBuffer data) {
        return Multihash.of(hash, data).filter(found -> found.digest().length == length)
                .flatMap(found -> version == 1 ? Optional.of(Cid.v1(codec, found))
                        : Optional.of(found).filter(v0 -> hash == Multihash.SHA2_256).map(Cid::v0));
    }
}
