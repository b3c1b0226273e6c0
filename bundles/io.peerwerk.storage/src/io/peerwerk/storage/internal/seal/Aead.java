// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.seal;

import java.security.GeneralSecurityException;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM of the JDK, which uses the processor's own instructions: but only from code that the compiler has seen
 * run some thousand times. A chunk sealed with one call counts as one time and takes a hundred times as long, so it is
 * fed in small pieces; opening cannot be, as nothing may come out before the tag is checked ({@link AeadWarmUp}).
 */
final class Aead {

    static final int TAG_BYTES = 16;
    static final int NONCE_BYTES = 12;
    private static final int PIECE = 4096;

    private Aead() {
    }

    /** Writes {@code length + 16} bytes to {@code out}. */
    static void seal(SecretKey key, byte[] nonce, byte[] aad, byte[] in, int length, byte[] out) {
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, aad);
            int done = 0;
            for (int at = 0; at < length; at += PIECE) {
                done += cipher.update(in, at, Math.min(PIECE, length - at), out, done);
            }
            cipher.doFinal(out, done);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM does not work here", e);
        }
    }

    /**
     * The plaintext of {@code length} sealed bytes.
     *
     * @throws SealBrokenException where they were sealed with another key, nonce or AAD, or changed since
     */
    static byte[] open(SecretKey key, byte[] nonce, byte[] aad, byte[] in, int length) throws SealBrokenException {
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, aad).doFinal(in, 0, length);
        } catch (AEADBadTagException e) {
            throw new SealBrokenException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM does not work here", e);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] aad) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, nonce));
        cipher.updateAAD(aad);
        return cipher;
    }
}
