// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.seal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.peerwerk.storage.Secret;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** The keys of one stored file, each for one purpose. Thread-safe; wiped when closed, after which nothing is sealed. */
public final class FileKeys implements AutoCloseable {

    private static final int AES_256 = 32;

    private final WipeableKey content;
    private final WipeableKey manifest;

    /** Derives the keys from the key in the link. */
    public FileKeys(Secret fileKey) {
        byte[] secret = fileKey.bytes();
        try {
            content = derive(secret, "peerwerk/1 content");
            manifest = derive(secret, "peerwerk/1 manifest");
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static WipeableKey derive(byte[] secret, String purpose) {
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
        hkdf.init(new HKDFParameters(secret, null, purpose.getBytes(StandardCharsets.US_ASCII)));
        byte[] key = new byte[AES_256];
        hkdf.generateBytes(key, 0, key.length);
        return new WipeableKey(key);
    }

    /** Seals and opens chunks of the content. */
    public ChunkSeal chunks() {
        return new ChunkSeal(content);
    }

    /** Seals and opens the private part of the manifest. */
    public RecordSeal manifest() {
        return new RecordSeal(manifest);
    }

    @Override
    public void close() {
        content.destroy();
        manifest.destroy();
    }
}
