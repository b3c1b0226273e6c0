// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.seal;

import javax.crypto.SecretKey;

/** Seals and opens the one small record that a key is for. */
public final class RecordSeal {

    private static final byte[] NONCE = new byte[Aead.NONCE_BYTES];

    private final SecretKey key;

    RecordSeal(SecretKey key) {
        this.key = key;
    }

    /** Seals a record so that it opens only together with the {@code context}. */
    public byte[] seal(byte[] record, byte[] context) {
        byte[] sealed = new byte[record.length + Aead.TAG_BYTES];
        Aead.seal(key, NONCE, context, record, record.length, sealed);
        return sealed;
    }

    /**
     * Opens it again.
     *
     * @throws SealBrokenException where key or context differ
     */
    public byte[] open(byte[] sealed, byte[] context) throws SealBrokenException {
        return Aead.open(key, NONCE, context, sealed, sealed.length);
    }
}
