// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.noise;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.wire.FormatException;

/** What both ends of a handshake have in common so far: a chaining key and the hash of all messages (section 5.2). */
final class SymmetricState {

    private static final int HASH = 32;

    private byte[] chainingKey;
    private byte[] hash;
    private byte @Nullable [] key;
    private long counter;

    SymmetricState(String protocolName) {
        byte[] name = protocolName.getBytes(StandardCharsets.US_ASCII);
        hash = name.length <= HASH ? Arrays.copyOf(name, HASH) : sha256(name);
        chainingKey = hash;
    }

    void mixHash(byte[] data) {
        hash = sha256(hash, data);
    }

    void mixKey(byte[] secret) {
        byte[][] derived = hkdf(chainingKey, secret);
        chainingKey = derived[0];
        key = derived[1];
        counter = 0;
    }

    byte[] encryptAndHash(byte[] plain) {
        byte[] current = key;
        byte[] out = current == null ? plain : new CipherState(current, true, counter++).seal(hash, plain);
        mixHash(out);
        return out;
    }

    byte[] decryptAndHash(byte[] data) throws FormatException {
        byte[] current = key;
        byte[] out = data;
        if (current != null) {
            out = new CipherState(current, false, counter).open(hash, data);
            counter++;
        }
        mixHash(data);
        return out;
    }

    /** Whether what is written now is encrypted. */
    boolean hasKey() {
        return key != null;
    }

    /** The keys of the two directions: the initiator's first. */
    byte[][] split() {
        return hkdf(chainingKey, new byte[0]);
    }

    byte[] hash() {
        return hash.clone();
    }

    /** HKDF of section 4.3 with two outputs. */
    private static byte[][] hkdf(byte[] chainingKey, byte[] input) {
        byte[] temporary = hmac(chainingKey, input);
        byte[] first = hmac(temporary, new byte[] {1});
        byte[] second = Arrays.copyOf(first, HASH + 1);
        second[HASH] = 2;
        return new byte[][] {first, hmac(temporary, second)};
    }

    private static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256", e);
        }
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
