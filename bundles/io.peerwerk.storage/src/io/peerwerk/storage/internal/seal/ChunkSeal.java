// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.seal;

import java.nio.ByteBuffer;

/** Seals and opens chunks, each under a key of its own. */
public final class ChunkSeal {

    /** How many bytes longer a sealed chunk is. */
    public static final int OVERHEAD = Aead.TAG_BYTES;

    private static final byte VERSION = 2;
    /** One key seals one plaintext, so there is nothing for a nonce to tell apart. */
    private static final byte[] NONCE = new byte[Aead.NONCE_BYTES];

    private ChunkSeal() {
    }

    /**
     * Seals {@code length} bytes of {@code plain} into the first {@code length + OVERHEAD} bytes of {@code sealed}.
     *
     * @param key {@linkplain ChunkKeys#keyOf derived} from just these bytes; wiped by the caller
     */
    public static void seal(byte[] key, byte[] plain, int length, byte[] sealed) {
        WipeableKey own = new WipeableKey(key.clone());
        try {
            Aead.seal(own, NONCE, aad(length), plain, length, sealed);
        } finally {
            own.destroy();
        }
    }

    /**
     * Opens the first {@code length} bytes of {@code sealed}.
     *
     * @throws SealBrokenException where they are not a chunk of that length that was sealed with the key
     */
    public static byte[] open(byte[] key, byte[] sealed, int length) throws SealBrokenException {
        WipeableKey own = new WipeableKey(key.clone());
        try {
            return Aead.open(own, NONCE, aad(length - OVERHEAD), sealed, length);
        } finally {
            own.destroy();
        }
    }

    private static byte[] aad(int length) {
        return ByteBuffer.allocate(1 + Integer.BYTES).put(VERSION).putInt(length).array();
    }
}
