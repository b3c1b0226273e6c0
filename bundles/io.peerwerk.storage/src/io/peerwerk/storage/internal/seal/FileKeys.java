// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.seal;

import java.util.Arrays;

import io.peerwerk.storage.Secret;

/** The keys of one stored file, each for one purpose. Thread-safe; wiped when closed, after which nothing is sealed. */
public final class FileKeys implements AutoCloseable {

    private final WipeableKey chunkKeys;
    private final WipeableKey manifest;

    /** Derives the keys from the key in the link. */
    public FileKeys(Secret readKey) {
        byte[] secret = readKey.bytes();
        try {
            chunkKeys = derive(secret, "peerwerk/2 chunk keys");
            manifest = derive(secret, "peerwerk/2 manifest");
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static WipeableKey derive(byte[] secret, String purpose) {
        return new WipeableKey(Hkdf.derive(secret, purpose, new byte[0]));
    }

    /** Seals and opens the keys of the chunks, in the tables. */
    public KeySeal chunkKeys() {
        return new KeySeal(chunkKeys);
    }

    /** Seals and opens the private part of the manifest. */
    public RecordSeal manifest() {
        return new RecordSeal(manifest);
    }

    @Override
    public void close() {
        chunkKeys.destroy();
        manifest.destroy();
    }
}
