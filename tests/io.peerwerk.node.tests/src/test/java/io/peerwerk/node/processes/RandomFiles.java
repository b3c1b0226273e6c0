// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.processes;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** Files whose bytes are like no others, and their digests. */
final class RandomFiles {
    private static final int BUFFER = 1 << 16;

    private RandomFiles() {
    }

    static Path write(Path file, long bytes, long seed) throws IOException {
        var random = new SplittableRandom(seed);
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
            for (long left = bytes; left > 0; left -= BUFFER) {
                random.nextBytes(buffer);
                out.write(buffer, 0, (int) Math.min(BUFFER, left));
            }
        }
        return file;
    }

    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
