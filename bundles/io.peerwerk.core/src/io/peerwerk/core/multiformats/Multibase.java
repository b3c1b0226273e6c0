// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.multiformats;

import java.util.Base64;
import java.util.HexFormat;

import io.peerwerk.core.wire.FormatException;

/**
 * Bytes as text whose first character names the base:
 *
 * <pre>
 *   f  base 16, lower case           z  base 58 of Bitcoin
 *   b  base 32, lower case           m  base 64
 *   k  base 36, lower case           u  base 64 for URLs       (none of them padded)
 * </pre>
 *
 * <p>Only the spelling that {@link #encode} gives is accepted.
 *
 * @see <a href="https://github.com/multiformats/multibase">multibase</a>
 */
public final class Multibase {

    public static final char BASE16 = 'f';
    public static final char BASE32 = 'b';
    public static final char BASE36 = 'k';
    public static final char BASE58 = 'z';
    public static final char BASE64 = 'm';
    public static final char BASE64_URL = 'u';

    private static final Radix RADIX36 = new Radix("base 36", "0123456789abcdefghijklmnopqrstuvwxyz");

    private Multibase() {
    }

    /** @throws IllegalArgumentException if the prefix names no base of the table above */
    public static String encode(char prefix, byte[] bytes) {
        return prefix + switch (prefix) {
            case BASE16 -> HexFormat.of().formatHex(bytes);
            case BASE32 -> Base32.encode(bytes);
            case BASE36 -> RADIX36.encode(bytes);
            case BASE58 -> Base58.encode(bytes);
            case BASE64 -> Base64.getEncoder().withoutPadding().encodeToString(bytes);
            case BASE64_URL -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            default -> throw new IllegalArgumentException("no base is named " + prefix);
        };
    }

    /** @throws FormatException if the text names no base of the table above or is not of that base */
    public static byte[] decode(String text) throws FormatException {
        if (text.isEmpty()) {
            throw new FormatException("an empty text names no base");
        }
        byte[] bytes = decode(text.charAt(0), text.substring(1));
        if (!encode(text.charAt(0), bytes).equals(text)) {
            throw new FormatException("a text is not spelled as its base demands");
        }
        return bytes;
    }

    private static byte[] decode(char prefix, String digits) throws FormatException {
        try {
            return switch (prefix) {
                case BASE16 -> HexFormat.of().parseHex(digits);
                case BASE32 -> Base32.decode(digits);
                case BASE36 -> RADIX36.decode(digits);
                case BASE58 -> Base58.decode(digits);
                case BASE64 -> Base64.getDecoder().decode(digits);
                case BASE64_URL -> Base64.getUrlDecoder().decode(digits);
                default -> throw new FormatException("no base is named 0x" + Integer.toHexString(prefix));
            };
        } catch (IllegalArgumentException e) {
            throw new FormatException("a text is not of the base it names", e);
        }
    }
}
