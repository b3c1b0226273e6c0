// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.noise;

import java.security.SecureRandom;

import org.bouncycastle.math.ec.rfc7748.X25519;

import io.peerwerk.core.wire.FormatException;

/** A key pair of X25519. */
public final class KeyPair {

    /** Bytes of a public key. */
    public static final int LENGTH = 32;

    private final byte[] secret;
    private final byte[] publicKey = new byte[LENGTH];

    /** @param secret 32 random bytes */
    public KeyPair(byte[] secret) {
        if (secret.length != LENGTH) {
            throw new IllegalArgumentException("a secret of " + secret.length + " bytes");
        }
        this.secret = secret.clone();
        X25519.generatePublicKey(this.secret, 0, publicKey, 0);
    }

    /** Makes a fresh pair. */
    public static KeyPair generate(SecureRandom random) {
        byte[] secret = new byte[LENGTH];
        random.nextBytes(secret);
        return new KeyPair(secret);
    }

    byte[] publicKey() {
        return publicKey.clone();
    }

    /**
     * The secret shared with the owner of another key.
     *
     * @throws FormatException if the other key is one of the few that make the secret known to everyone
     */
    byte[] agree(byte[] other) throws FormatException {
        byte[] shared = new byte[LENGTH];
        if (!X25519.calculateAgreement(secret, 0, other, 0, shared, 0)) {
            throw new FormatException("a key of low order");
        }
        return shared;
    }
}
