// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.multiformats;

import java.util.Arrays;

import io.peerwerk.core.wire.FormatException;

/**
 * Writes bytes as one large number with the digits of an alphabet; leading zero bytes stand as leading zero digits.
 * The cost grows with the square of the length, so a text from outside is bounded.
 */
final class Radix {

    /** The longest text to decode, in characters: twice what the longest content id takes in base 58. */
    static final int MAX_TEXT = 400;

    private final String name;
    private final String alphabet;
    private final byte[] digits = new byte[128];

    Radix(String name, String alphabet) {
        this.name = name;
        this.alphabet = alphabet;
        Arrays.fill(digits, (byte) -1);
        for (int i = 0; i < alphabet.length(); i++) {
            digits[alphabet.charAt(i)] = (byte) i;
        }
    }

    String encode(byte[] bytes) {
        int zeros = 0;
        while (zeros < bytes.length && bytes[zeros] == 0) {
            zeros++;
        }
        byte[] number = Arrays.copyOfRange(bytes, zeros, bytes.length);
        var text = new StringBuilder();
        for (int start = 0; start < number.length;) {
            text.append(alphabet.charAt(divide(number, start)));
            while (start < number.length && number[start] == 0) {
                start++;
            }
        }
        return text.append(alphabet.substring(0, 1).repeat(zeros)).reverse().toString();
    }

    byte[] decode(String text) throws FormatException {
        if (text.length() > MAX_TEXT) {
            throw new FormatException("a " + name + " text of " + text.length() + " characters is too long");
        }
        int zeros = 0;
        while (zeros < text.length() && text.charAt(zeros) == alphabet.charAt(0)) {
            zeros++;
        }
        byte[] number = new byte[text.length()];
        int start = number.length;
        for (int i = zeros; i < text.length(); i++) {
            start = multiplyAndAdd(number, start, digit(text.charAt(i)));
        }
        return Arrays.copyOfRange(number, start - zeros, number.length);
    }

    /** Divides the big-endian number in place by the radix and returns the remainder. */
    private int divide(byte[] number, int start) {
        int remainder = 0;
        for (int i = start; i < number.length; i++) {
            int part = remainder << 8 | number[i] & 0xFF;
            number[i] = (byte) (part / alphabet.length());
            remainder = part % alphabet.length();
        }
        return remainder;
    }

    /** Multiplies the big-endian number, which begins at the given index, and returns where it now begins. */
    private int multiplyAndAdd(byte[] number, int start, int digit) {
        int carry = digit;
        for (int i = number.length - 1; i >= start; i--) {
            carry += (number[i] & 0xFF) * alphabet.length();
            number[i] = (byte) carry;
            carry >>>= 8;
        }
        if (carry == 0) {
            return start;
        }
        number[start - 1] = (byte) carry;
        return start - 1;
    }

    private int digit(char c) throws FormatException {
        int digit = c < digits.length ? digits[c] : -1;
        if (digit < 0) {
            throw new FormatException("a " + name + " text has a character 0x" + Integer.toHexString(c));
        }
        return digit;
    }
}
