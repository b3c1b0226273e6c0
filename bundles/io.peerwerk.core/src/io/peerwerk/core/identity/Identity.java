// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;

import io.peerwerk.core.wire.FormatException;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * This peer's own key pair, Ed25519: what it signs with and is known by. The private key is in memory once, in no log
 * and no exception, and {@link #close()} wipes it. Thread-safe.
 *
 * <pre>
 *   | 08 01 | 12 40 | seed: 32 bytes | public key: 32 bytes |     binary form, 68 bytes
 * </pre>
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/peer-ids/peer-ids.md#ed25519">libp2p: Ed25519 keys</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8032">RFC 8032</a>
 */
public final class Identity implements AutoCloseable {

    private static final int SEED = Ed25519.SECRET_KEY_SIZE;
    private static final int PUBLIC = Ed25519.PUBLIC_KEY_SIZE;
    /** Type Ed25519, then 64 bytes of key. */
    private static final byte[] HEADER = {0x08, 0x01, 0x12, SEED + PUBLIC};
    /** The same for an old form, which repeats the public key. */
    private static final byte[] OLD_HEADER = {0x08, 0x01, 0x12, SEED + 2 * PUBLIC};

    private final PublicKey publicKey;
    private final PeerId id;
    private byte @Nullable [] seed;

    private Identity(byte[] seed) {
        byte[] point = new byte[PUBLIC];
        Ed25519.generatePublicKey(seed, 0, point, 0);
        this.seed = seed;
        this.publicKey = new PublicKey(KeyType.ED25519, point);
        this.id = publicKey.toPeerId();
    }

    /** A new identity. */
    public static Identity generate(SecureRandom random) {
        byte[] seed = new byte[SEED];
        random.nextBytes(seed);
        return new Identity(seed);
    }

    /**
     * Reads a private key in libp2p's protobuf form, as {@link #toBytes()} writes it. The caller wipes the given bytes.
     *
     * @throws FormatException if it is malformed, of another type than Ed25519, or its halves do not belong together
     */
    public static Identity parse(byte[] privateKeyProtobuf) throws FormatException {
        byte[] bytes = privateKeyProtobuf;
        if (!isHeaded(bytes, HEADER) && !isHeaded(bytes, OLD_HEADER)) {
            throw new FormatException("a private key is not an Ed25519 key in libp2p's form");
        }
        int point = HEADER.length + SEED;
        var identity = new Identity(Arrays.copyOfRange(bytes, HEADER.length, point));
        for (int at = point; at < bytes.length; at += PUBLIC) {
            if (!Arrays.equals(identity.publicKey.data(), Arrays.copyOfRange(bytes, at, at + PUBLIC))) {
                identity.close();
                throw new FormatException("the public half of a private key does not belong to it");
            }
        }
        return identity;
    }

    /** Whether this header is in front of as many bytes as its last byte says. */
    private static boolean isHeaded(byte[] bytes, byte[] header) {
        int length = header.length + header[header.length - 1];
        return bytes.length == length && Arrays.equals(header, Arrays.copyOf(bytes, header.length));
    }

    /** The private key in libp2p's protobuf form. The caller wipes it after use. */
    public synchronized byte[] toBytes() {
        byte[] bytes = Arrays.copyOf(HEADER, HEADER.length + SEED + PUBLIC);
        System.arraycopy(seed(), 0, bytes, HEADER.length, SEED);
        System.arraycopy(publicKey.data(), 0, bytes, HEADER.length + SEED, PUBLIC);
        return bytes;
    }

    /** The name that others know this peer by. */
    public PeerId id() {
        return id;
    }

    public PublicKey publicKey() {
        return publicKey;
    }

    /**
     * The signature of the message, 64 bytes.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    public synchronized byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed(), 0, publicKey.data(), 0, message, 0, message.length, signature, 0);
        return signature;
    }

    /**
     * The private half of the X25519 key that belongs to this identity, whose public half everybody can compute ({@link
     * PublicKey#toX25519}): the scalar that Ed25519 signs with, 32 bytes. For agreeing on keys with those who know this
     * peer's id; using one key pair for both is safe (Thormarker, "On using the same key pair for Ed25519 and an X25519
     * based KEM", 2021). The caller wipes it after use.
     *
     * @throws IllegalStateException after {@link #close()}
     * @see <a href="https://www.rfc-editor.org/rfc/rfc8032#section-5.1.5">RFC 8032, section 5.1.5</a>
     */
    public synchronized byte[] toX25519() {
        byte[] hash = sha512(seed());
        byte[] scalar = Arrays.copyOf(hash, SEED);
        Arrays.fill(hash, (byte) 0);
        X25519.clampPrivateKey(scalar);
        return scalar;
    }

    /** Wipes the private key; the id and the public key stay. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (seed != null) {
            Arrays.fill(seed, (byte) 0);
            seed = null;
        }
    }

    /** The id and nothing of the key. */
    @Override
    public String toString() {
        return "Identity[" + id + "]";
    }

    private static byte[] sha512(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-512").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-512", e);
        }
    }

    private byte[] seed() {
        byte[] current = seed;
        if (current == null) {
            throw new IllegalStateException("the identity " + id + " is closed");
        }
        return current;
    }
}
