// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

import io.peerwerk.storage.Secret;
import io.peerwerk.storage.StorageLink;
import io.peerwerk.storage.internal.seal.ChunkKeys;
import io.peerwerk.storage.internal.seal.FileKeys;

/**
 * The keys of one put; closed when it is over, after which only the read key is left, for the link.
 *
 * @param read what the link will have
 * @param file the keys that follow from it
 * @param chunks makes the keys of the chunks
 * @param fresh whether nobody can have any of the shards yet
 */
public record PutKeys(Secret read, FileKeys file, ChunkKeys chunks, boolean fresh) implements AutoCloseable {

    /**
     * A new read key.
     *
     * @param convergence what chunk keys are made with; a random secret where it is empty
     */
    public static PutKeys of(SecureRandom random, Optional<Secret> convergence) {
        Secret read = random(random);
        if (convergence.isPresent()) {
            return new PutKeys(read, new FileKeys(read), new ChunkKeys(convergence.get()), false);
        }
        try (Secret once = random(random)) {
            return new PutKeys(read, new FileKeys(read), new ChunkKeys(once), true);
        }
    }

    private static Secret random(SecureRandom random) {
        byte[] bytes = new byte[StorageLink.KEY_BYTES];
        random.nextBytes(bytes);
        Secret secret = Secret.of(bytes);
        Arrays.fill(bytes, (byte) 0);
        return secret;
    }

    @Override
    public void close() {
        file.close();
        chunks.close();
    }
}
