// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.seal;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.storage.Secret;

/**
 * Makes the keys of chunks from their content and a convergence secret: the same content gets the same key wherever the
 * same secret is used, and nobody without the secret can compute it. Thread-safe; wiped when closed, after which no key is
 * made any more.
 */
public final class ChunkKeys implements AutoCloseable {

    private final WipeableKey secret;

    /** Over a copy of the secret. */
    public ChunkKeys(Secret convergence) {
        secret = new WipeableKey(convergence.bytes());
    }

    /** The key of a chunk; the caller wipes it. */
    public byte[] keyOf(byte[] plain, int length) {
        return derive("peerwerk/2 chunk", Multihash.sha256(ByteBuffer.wrap(plain, 0, length)).digest());
    }

    /**
     * So many bytes that look random, to put behind content that ends with this directory: the same for the same
     * directory, so that content that is stored again unchanged is the same to its last chunk.
     */
    public InputStream padding(byte[] directory, long bytes) {
        return new PaddingStream(derive("peerwerk/2 padding", Multihash.sha256(directory).digest()), bytes);
    }

    private byte[] derive(String purpose, byte[] digest) {
        byte[] copy = secret.getEncoded();
        try {
            return Hkdf.derive(copy, purpose, digest);
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    @Override
    public void close() {
        secret.destroy();
    }
}
