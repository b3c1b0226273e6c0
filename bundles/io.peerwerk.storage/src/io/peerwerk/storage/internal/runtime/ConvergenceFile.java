// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;

import io.peerwerk.storage.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The user's own convergence secret: 32 random bytes, made once, durable before they are used. */
final class ConvergenceFile {

    private static final Logger LOG = LoggerFactory.getLogger(ConvergenceFile.class);
    private static final int BYTES = 32;

    private ConvergenceFile() {
    }

    /**
     * The secret in that file, which is made where there is none. One of another length is put aside, not overwritten:
     * files that were stored with it can be read all the same, only their content is not found again.
     */
    static Secret open(Path path, SecureRandom random) throws IOException {
        DurableFile file = new DurableFile(path);
        byte[] bytes = file.read().orElse(new byte[0]);
        if (bytes.length != BYTES) {
            if (Files.exists(path)) {
                LOG.error("the convergence secret has {} bytes: it was moved to {} and a new one is made", bytes.length,
                        file.putAside());
            }
            bytes = new byte[BYTES];
            random.nextBytes(bytes);
            file.write(bytes);
        }
        Secret secret = Secret.of(bytes);
        Arrays.fill(bytes, (byte) 0);
        return secret;
    }
}
