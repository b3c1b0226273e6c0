// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

import io.peerwerk.core.multiformats.Multihash;

/** The hash functions by which blocks are checked: those that {@link Multihash} can verify. */
final class Digests {

    private Digests() {
    }

    /** The hash of what remains in the buffer, whose position stays; empty for a function that is not known. */
    static Optional<Multihash> of(long function, ByteBuffer data) {
        if (function == Multihash.SHA2_256) {
            return Optional.of(Multihash.sha256(data));
        }
        if (function == Multihash.SHA2_512) {
            return Optional.of(new Multihash(Multihash.SHA2_512, sha512(data.duplicate())));
        }
        if (function == Multihash.IDENTITY && data.remaining() <= Multihash.MAX_DIGEST) {
            byte[] bytes = new byte[data.remaining()];
            data.duplicate().get(bytes);
            return Optional.of(Multihash.identity(bytes));
        }
        return Optional.empty();
    }

    private static byte[] sha512(ByteBuffer data) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            digest.update(data);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-512", e);
        }
    }
}
