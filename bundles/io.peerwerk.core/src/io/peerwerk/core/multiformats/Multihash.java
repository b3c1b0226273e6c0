// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.multiformats;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

import io.peerwerk.core.wire.FormatException;

/**
 * A digest together with the name of the function that made it.
 *
 * <pre>
 *   | function: varint | length: varint | digest |
 * </pre>
 *
 * <p>SHA2-256 and SHA2-512 digests have their full length, and no digest has more than {@value #MAX_DIGEST} bytes: the
 * identity function, whose digest is the data itself, would else carry data of any size where an id is expected.
 *
 * @param code the function's number in the multicodec table
 * @param digest what the function gave; copied in and out
 * @see <a href="https://github.com/multiformats/multihash">multihash</a>
 */
public record Multihash(long code, byte[] digest) {

    public static final long IDENTITY = 0x00;
    public static final long SHA2_256 = 0x12;
    public static final long SHA2_512 = 0x13;

    /** The longest digest, in bytes. */
    public static final int MAX_DIGEST = 128;

    /** @throws IllegalArgumentException if the digest has not the length that its function gives, or is too long */
    public Multihash {
        if (code < 0 || !isLength(code, digest.length)) {
            throw new IllegalArgumentException(lengthIsWrong(code, digest.length));
        }
        digest = digest.clone();
    }

    /** The SHA2-256 hash of the parts, one after the other. */
    public static Multihash sha256(byte[]... parts) {
        MessageDigest function = sha256Function();
        for (byte[] part : parts) {
            function.update(part);
        }
        return new Multihash(SHA2_256, function.digest());
    }

    /** Computes SHA2-256 of what comes in pieces; a new one for each call. */
    public static MessageDigest sha256Function() {
        return function("SHA-256");
    }

    /** The SHA2-256 hash of what remains in the buffer, whose position stays. */
    public static Multihash sha256(ByteBuffer data) {
        return new Multihash(SHA2_256, hash("SHA-256", data));
    }

    /**
     * The hash by a function of this number of what remains in the buffer, whose position stays. Empty for a function
     * that cannot be computed here, and for more data than the identity function takes.
     */
    public static Optional<Multihash> of(long function, ByteBuffer data) {
        if (function == SHA2_256) {
            return Optional.of(sha256(data));
        }
        if (function == SHA2_512) {
            return Optional.of(new Multihash(SHA2_512, hash("SHA-512", data)));
        }
        return function == IDENTITY && data.remaining() <= MAX_DIGEST ? Optional.of(identity(remaining(data)))
                : Optional.empty();
    }

    /** Data in place of its hash, for data of at most {@value #MAX_DIGEST} bytes. */
    public static Multihash identity(byte[] data) {
        return new Multihash(IDENTITY, data);
    }

    /** Reads a multihash that fills the given bytes. */
    public static Multihash parse(byte[] bytes) throws FormatException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Multihash hash = parse(in);
        if (in.hasRemaining()) {
            throw new FormatException(in.remaining() + " bytes follow after a multihash");
        }
        return hash;
    }

    /** Reads a multihash and leaves the buffer's position after it. */
    public static Multihash parse(ByteBuffer in) throws FormatException {
        long code = Varint.read(in);
        long length = Varint.read(in);
        if (!isLength(code, length)) {
            throw new FormatException(lengthIsWrong(code, length));
        }
        if (length > in.remaining()) {
            throw new FormatException("a digest is cut off after " + in.remaining() + " of " + length + " bytes");
        }
        byte[] digest = new byte[(int) length];
        in.get(digest);
        return new Multihash(code, digest);
    }

    @Override
    public byte[] digest() {
        return digest.clone();
    }

    /** The binary form. */
    public byte[] toBytes() {
        byte[] bytes = new byte[Varint.size(code) + Varint.size(digest.length) + digest.length];
        int at = Varint.write(code, bytes, 0);
        at = Varint.write(digest.length, bytes, at);
        System.arraycopy(digest, 0, bytes, at, digest.length);
        return bytes;
    }

    /**
     * Whether this is the hash of what remains in the buffer, whose position stays. Compares in constant time. A hash
     * of a function other than SHA2-256, SHA2-512 and identity cannot be checked and so matches nothing.
     */
    public boolean matches(ByteBuffer data) {
        if (code == IDENTITY) {
            return data.remaining() == digest.length && MessageDigest.isEqual(digest, remaining(data));
        }
        if (code == SHA2_256) {
            return MessageDigest.isEqual(digest, hash("SHA-256", data));
        }
        return code == SHA2_512 && MessageDigest.isEqual(digest, hash("SHA-512", data));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Multihash that && code == that.code && Arrays.equals(digest, that.digest);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(code) + Arrays.hashCode(digest);
    }

    @Override
    public String toString() {
        return "Multihash[0x" + Long.toHexString(code) + " " + HexFormat.of().formatHex(digest) + "]";
    }

    private static boolean isLength(long code, long length) {
        if (code == SHA2_256) {
            return length == 32;
        }
        return code == SHA2_512 ? length == 64 : length <= MAX_DIGEST;
    }

    private static String lengthIsWrong(long code, long length) {
        return "a digest of function 0x" + Long.toHexString(code) + " cannot have " + length + " bytes";
    }

    private static byte[] hash(String function, ByteBuffer data) {
        MessageDigest digest = function(function);
        digest.update(data.duplicate());
        return digest.digest();
    }

    private static byte[] remaining(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        return bytes;
    }

    private static MessageDigest function(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has " + name, e);
        }
    }
}
