// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

import io.peerwerk.core.wire.FormatException;

/**
 * Secret bytes that do not show in logs: compared in constant time, printed as dots, wiped when closed. The value is
 * immutable until then; {@link #bytes()} gives a copy that the caller wipes.
 */
public final class Secret implements AutoCloseable {

    private final byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A secret with a copy of these bytes. */
    public static Secret of(byte[] bytes) {
        return new Secret(bytes.clone());
    }

    /**
     * Reads the base64url text of a secret of {@code length} bytes, strictly: no padding, no stray bits.
     *
     * @throws FormatException where it is anything else; the message does not repeat the text
     */
    public static Secret parse(String text, int length) throws FormatException {
        if (text.length() != Math.ceilDiv(length * 4, 3)) {
            throw new FormatException("the key has the wrong length: was the link cut off?");
        }
        try {
            Secret secret = new Secret(Base64.getUrlDecoder().decode(text));
            if (secret.length() == length && secret.encoded().equals(text)) {
                return secret;
            }
        } catch (IllegalArgumentException e) {
            // Falls through: the message of the decoder names a character of the key.
        }
        throw new FormatException("the key is damaged: it has a character that does not belong there");
    }

    /** How many bytes there are. */
    public int length() {
        return bytes.length;
    }

    /** A copy; the caller wipes it after use. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The secret itself as base64url without padding. */
    public String encoded() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Overwrites the bytes; the secret is of no use afterwards. */
    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(bytes, that.bytes);
    }

    /** The same for all secrets of a length, so that it tells nothing. */
    @Override
    public int hashCode() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return "Secret[…]";
    }
}
