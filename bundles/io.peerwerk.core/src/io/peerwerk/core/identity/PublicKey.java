// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.identity;

import java.util.Arrays;
import java.util.HexFormat;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A key to check signatures with.
 *
 * @param type the kind of key
 * @param data the key: 32 bytes for Ed25519, 33 for Secp256k1 (a compressed point), else an X.509 public key in DER;
 *     copied in and out
 */
public record PublicKey(KeyType type, byte[] data) {

    /** The longest key of any kind, in bytes: an RSA key of 8192 bits takes 1062. */
    public static final int MAX_DATA = 1200;

    /** The longest binary form, in bytes. */
    public static final int MAX_BYTES = MAX_DATA + 5;

    private static final int TYPE = 1;
    private static final int DATA = 2;

    /** @throws IllegalArgumentException if a key of this kind cannot have this length */
    public PublicKey {
        if (!isLength(type, data.length)) {
            throw new IllegalArgumentException("a key of type " + type + " cannot have " + data.length + " bytes");
        }
        data = data.clone();
    }

    /** Reads the protobuf form: both fields in order and nothing else, since the peer id is a hash of just that. */
    public static PublicKey parse(byte[] protobuf) throws FormatException {
        if (protobuf.length > MAX_BYTES) {
            throw new FormatException("a public key of " + protobuf.length + " bytes is longer than " + MAX_BYTES);
        }
        var in = new ProtoReader(protobuf);
        expect(in, TYPE);
        KeyType type = KeyType.of(in.uint());
        expect(in, DATA);
        byte[] data = in.bytes(MAX_DATA);
        if (!isLength(type, data.length)) {
            throw new FormatException("a key of type " + type + " cannot have " + data.length + " bytes");
        }
        var key = new PublicKey(type, data);
        if (!Arrays.equals(key.toBytes(), protobuf)) {
            throw new FormatException("a public key is not in its one canonical form");
        }
        return key;
    }

    @Override
    public byte[] data() {
        return data.clone();
    }

    /** The protobuf form. */
    public byte[] toBytes() {
        return new ProtoWriter().uint(TYPE, type.code()).bytes(DATA, data).toBytes();
    }

    /**
     * Whether the signature was made over the message with the private half of this key. A malformed key or signature
     * is never right; nor is an RSA key of fewer than 2048 bits or more than 8192.
     */
    public boolean verify(byte[] message, byte[] signature) {
        return switch (type) {
            case ED25519 -> Signatures.ed25519(data, message, signature);
            case SECP256K1 -> Signatures.secp256k1(data, message, signature);
            case RSA -> Signatures.rsa(data, message, signature);
            case ECDSA -> Signatures.ecdsa(data, message, signature);
        };
    }

    /**
     * The X25519 key that belongs to this Ed25519 key, 32 bytes: the point seen on the other form of the same curve, u =
     * (1 + y) / (1 - y).
     *
     * @throws FormatException where the key is of another type, or no point of the curve's large group, with which
     *             nothing can be agreed on in secret
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7748#section-4.1">RFC 7748, section 4.1</a>
     */
    public byte[] toX25519() throws FormatException {
        if (type != KeyType.ED25519) {
            throw new FormatException("a key of type " + type + " cannot be used to agree on another key");
        }
        if (!Ed25519.validatePublicKeyFull(data, 0)) {
            throw new FormatException("an Ed25519 key is not a point of the curve's large group");
        }
        return Montgomery.u(data);
    }

    /** The name of the peer that has the private half. */
    public PeerId toPeerId() {
        return PeerId.of(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicKey that && type == that.type && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "PublicKey[" + type + " " + HexFormat.of().formatHex(data) + "]";
    }

    private static void expect(ProtoReader in, int field) throws FormatException {
        if (in.next() != field) {
            throw new FormatException("a public key is a type and then the key");
        }
    }

    private static boolean isLength(KeyType type, int length) {
        return switch (type) {
            case ED25519 -> length == Ed25519.PUBLIC_KEY_SIZE;
            case SECP256K1 -> length == 33;
            case RSA, ECDSA -> length >= 1 && length <= MAX_DATA;
        };
    }
}
