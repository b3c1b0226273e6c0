// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.seal;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;

import io.peerwerk.storage.Secret;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Makes a convergence secret of a text that people remember (Argon2id, RFC 9106, its second recommended parameters). */
public final class Passphrase {

    /** The fewest characters of a text. */
    public static final int MIN_CHARACTERS = 12;

    private static final int MEMORY_KIB = 64 << 10;
    private static final int PASSES = 3;
    private static final int LANES = 4;
    /** The same for everybody, as all who know the text must get the same secret. */
    private static final byte[] SALT = "peerwerk/2 convergence".getBytes(StandardCharsets.US_ASCII);

    private Passphrase() {
    }

    /** The secret; characters that look the same count as the same, white space around the text does not count. */
    public static Secret stretch(String text) {
        String normal = Normalizer.normalize(text.strip(), Normalizer.Form.NFKC);
        if (normal.codePointCount(0, normal.length()) < MIN_CHARACTERS) {
            throw new IllegalArgumentException("a shared text has at least " + MIN_CHARACTERS + " characters");
        }
        byte[] password = normal.getBytes(StandardCharsets.UTF_8);
        byte[] secret = new byte[Hkdf.KEY_BYTES];
        try {
            Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
            argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13).withMemoryAsKB(MEMORY_KIB).withIterations(PASSES)
                    .withParallelism(LANES).withSalt(SALT).build());
            argon2.generateBytes(password, secret);
            return Secret.of(secret);
        } finally {
            Arrays.fill(password, (byte) 0);
            Arrays.fill(secret, (byte) 0);
        }
    }
}
