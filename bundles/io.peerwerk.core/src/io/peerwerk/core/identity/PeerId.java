// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.identity;

import java.util.Arrays;
import java.util.Optional;

import io.peerwerk.core.multiformats.Base58;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.FormatException;

/**
 * The name of a peer: its public key where that is short (Ed25519 and Secp256k1), else the key's SHA2-256 hash. Ids are
 * ordered by their bytes, taken unsigned.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/peer-ids/peer-ids.md#peer-ids">Peer Ids</a>
 */
public final class PeerId implements Comparable<PeerId> {

    /** The longest public key, in its protobuf form, that stands in the id itself, in bytes. */
    public static final int MAX_INLINE_KEY = 42;

    private static final int BRIEF = 6;

    private final Multihash hash;
    private final byte[] bytes;
    private final int hashCode;
    private final long tail;

    private PeerId(Multihash hash) {
        this.hash = hash;
        this.bytes = hash.toBytes();
        this.hashCode = Arrays.hashCode(bytes);
        this.tail = tail(bytes);
    }

    /** Ids that only hold a short key have fewer bytes. */
    private static long tail(byte[] bytes) {
        long tail = 0;
        for (int i = Math.max(0, bytes.length - Long.BYTES); i < bytes.length; i++) {
            tail = tail << Byte.SIZE | bytes[i] & 0xff;
        }
        return tail;
    }

    /** The name of the peer with this key. */
    public static PeerId of(PublicKey key) {
        byte[] form = key.toBytes();
        return new PeerId(form.length <= MAX_INLINE_KEY ? Multihash.identity(form) : Multihash.sha256(form));
    }

    /** Reads either text form: "12D3KooW..." or "Qm..." in base 58, or a CID of content type {@link Cid#LIBP2P_KEY}. */
    public static PeerId parse(String text) throws FormatException {
        if (text.startsWith("1") || text.startsWith("Qm")) {
            return read(Base58.decode(text));
        }
        Cid cid = Cid.parse(text);
        if (cid.codec() != Cid.LIBP2P_KEY) {
            throw new FormatException("a CID of content type 0x" + Long.toHexString(cid.codec()) + " names no peer");
        }
        return checked(cid.hash());
    }

    /** Reads the binary form, a multihash, which must fill the given bytes. */
    public static PeerId read(byte[] multihash) throws FormatException {
        return checked(Multihash.parse(multihash));
    }

    /** The binary form, a copy. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** The last eight bytes, or all if they are fewer, of the key or of its hash: enough to tell peers apart where nobody gains by a collision. */
    public long tail() {
        return tail;
    }

    /** The id as a CID, the form that content addresses and names of IPNS use. */
    public Cid toCid() {
        return Cid.v1(Cid.LIBP2P_KEY, hash);
    }

    /** The last six characters, enough for people to tell peers apart in a list; never to be compared by a program. */
    public String brief() {
        String text = toString();
        return text.substring(text.length() - BRIEF);
    }

    /** The public key, if it stands in the id. */
    public Optional<PublicKey> inlineKey() {
        if (hash.code() != Multihash.IDENTITY) {
            return Optional.empty();
        }
        try {
            return Optional.of(PublicKey.parse(hash.digest()));
        } catch (FormatException e) {
            throw new IllegalStateException("the key was checked when the id was made", e);
        }
    }

    @Override
    public int compareTo(PeerId other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || other instanceof PeerId that && hashCode == that.hashCode && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return hashCode;
    }

    /** The usual text form, base 58. */
    @Override
    public String toString() {
        return Base58.encode(bytes);
    }

    private static PeerId checked(Multihash hash) throws FormatException {
        byte[] digest = hash.digest();
        if (hash.code() == Multihash.IDENTITY && digest.length <= MAX_INLINE_KEY) {
            PublicKey.parse(digest);
        } else if (hash.code() != Multihash.SHA2_256) {
            throw new FormatException("a peer id is a SHA2-256 hash or a key of at most " + MAX_INLINE_KEY + " bytes");
        }
        return new PeerId(hash);
    }
}
