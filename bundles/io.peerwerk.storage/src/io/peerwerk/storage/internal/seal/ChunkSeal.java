// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.seal;

import java.nio.ByteBuffer;

import javax.crypto.SecretKey;

/** Seals and opens the chunks of a file; thread-safe. */
public final class ChunkSeal {

    /** How many bytes longer a sealed chunk is. */
    public static final int OVERHEAD = Aead.TAG_BYTES;
    private static final byte VERSION = 1;

    private final SecretKey key;

    ChunkSeal(SecretKey key) {
        this.key = key;
    }

    /** Seals {@code length} bytes of {@code plain} into the first {@code length + OVERHEAD} bytes of {@code sealed}. */
    public void seal(long index, boolean last, byte[] plain, int length, byte[] sealed) {
        Aead.seal(key, nonce(index), aad(last), plain, length, sealed);
    }

    /**
     * Opens the first {@code length} bytes of {@code sealed}.
     *
     * @throws SealBrokenException where they are not that chunk of a file with that key
     */
    public byte[] open(long index, boolean last, byte[] sealed, int length) throws SealBrokenException {
        return Aead.open(key, nonce(index), aad(last), sealed, length);
    }

    private static byte[] nonce(long index) {
        return ByteBuffer.allocate(Aead.NONCE_BYTES).putLong(Aead.NONCE_BYTES - Long.BYTES, index).array();
    }

    private static byte[] aad(boolean last) {
        return new byte[] {VERSION, (byte) (last ? 1 : 0)};
    }
}
