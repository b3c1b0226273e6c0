// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.wire.FormatException;

/** The file with the node's private key. It is written once and never replaced: damage is the user's to mend. */
final class IdentityFile {
    /** An Ed25519 key takes 68 bytes, an RSA key of 8192 bits some 4.7 kB. */
    private static final int LONGEST = 8192;

    private IdentityFile() {
    }

    /** Loads the identity, or makes one and stores it durably before anybody learns of it. */
    static Identity loadOrCreate(Path file, SecureRandom random) throws IOException {
        if (!Files.exists(file)) {
            return create(file, random);
        }
        byte[] key = PrivateFiles.read(file, LONGEST);
        try {
            return Identity.parse(key);
        } catch (FormatException e) {
            throw new IOException("the identity in " + file + " is damaged: " + e.getMessage(), e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static Identity create(Path file, SecureRandom random) throws IOException {
        Identity identity = Identity.generate(random);
        byte[] key = identity.toBytes();
        try {
            PrivateFiles.replace(file, key);
            return identity;
        } catch (IOException e) {
            identity.close();
            throw e;
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
