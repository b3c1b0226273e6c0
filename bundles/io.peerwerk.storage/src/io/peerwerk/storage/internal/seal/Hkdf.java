// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.seal;

import java.nio.charset.StandardCharsets;

import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** HKDF-SHA-256 (RFC 5869) without a salt, for keys of 32 bytes. */
final class Hkdf {

    /** Bytes of each key. */
    static final int KEY_BYTES = 32;

    private Hkdf() {
    }

    /** The key of a secret for a purpose, and within that for what the context names. The caller wipes it. */
    static byte[] derive(byte[] secret, String purpose, byte[] context) {
        byte[] name = purpose.getBytes(StandardCharsets.US_ASCII);
        byte[] info = new byte[name.length + context.length];
        System.arraycopy(name, 0, info, 0, name.length);
        System.arraycopy(context, 0, info, name.length, context.length);
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
        hkdf.init(new HKDFParameters(secret, null, info));
        byte[] key = new byte[KEY_BYTES];
        hkdf.generateBytes(key, 0, key.length);
        return key;
    }
}
