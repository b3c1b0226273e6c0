// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.multiformats;

import io.peerwerk.core.wire.FormatException;

/**
 * Base 32 of RFC 4648 in lower case without padding: five bits a character, from the highest down.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4648#section-6">RFC 4648, section 6</a>
 */
public final class Base32 {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private Base32() {
    }

    public static String encode(byte[] bytes) {
        var text = new StringBuilder((bytes.length * 8 + 4) / 5);
        int bits = 0;
        int count = 0;
        for (byte b : bytes) {
            bits = bits << 8 | b & 0xFF;
            for (count += 8; count >= 5; count -= 5) {
                text.append(ALPHABET.charAt(bits >>> count - 5 & 31));
            }
        }
        if (count > 0) {
            text.append(ALPHABET.charAt(bits << 5 - count & 31));
        }
        return text.toString();
    }

    /** @throws FormatException if a character is not in the alphabet, or the last one holds bits of no byte */
    public static byte[] decode(String text) throws FormatException {
        byte[] bytes = new byte[(int) (text.length() * 5L / 8)];
        int at = 0;
        int bits = 0;
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            bits = bits << 5 | digit(text.charAt(i));
            count += 5;
            if (count >= 8) {
                count -= 8;
                bytes[at++] = (byte) (bits >>> count);
            }
        }
        if (count >= 5 || (bits & (1 << count) - 1) != 0) {
            throw new FormatException("a base 32 text ends in loose bits");
        }
        return bytes;
    }

    private static int digit(char c) throws FormatException {
        if (c >= 'a' && c <= 'z') {
            return c - 'a';
        }
        if (c >= '2' && c <= '7') {
            return c - '2' + 26;
        }
        throw new FormatException("a base 32 text has a character 0x" + Integer.toHexString(c));
    }
}
