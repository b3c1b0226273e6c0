// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.seal;

import java.nio.ByteBuffer;

import javax.crypto.SecretKey;

/** Seals and opens the keys of a file's chunks, so that each opens in its own place only; thread-safe. */
public final class KeySeal {

    /** Bytes of a sealed key. */
    public static final int SEALED_BYTES = Hkdf.KEY_BYTES + Aead.TAG_BYTES;

    private final SecretKey key;

    KeySeal(SecretKey key) {
        this.key = key;
    }

    /**
     * Seals the key of a chunk. To be called once for each chunk of a file, as the chunk's number is the nonce.
     *
     * @param shards the digests of its shards, to which the key is bound
     */
    public byte[] seal(long chunk, byte[] chunkKey, byte[] shards) {
        byte[] sealed = new byte[SEALED_BYTES];
        Aead.seal(key, nonce(chunk), shards, chunkKey, Hkdf.KEY_BYTES, sealed);
        return sealed;
    }

    /**
     * Opens it again; the caller wipes the key.
     *
     * @throws SealBrokenException where it is not the key of that chunk with those shards in this file
     */
    public byte[] open(long chunk, byte[] sealed, byte[] shards) throws SealBrokenException {
        return Aead.open(key, nonce(chunk), shards, sealed, sealed.length);
    }

    private static byte[] nonce(long chunk) {
        return ByteBuffer.allocate(Aead.NONCE_BYTES).putLong(Aead.NONCE_BYTES - Long.BYTES, chunk).array();
    }
}
