// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.identity;

import java.math.BigInteger;

/** Points of edwards25519 as curve25519 has them. For public keys only: the time it takes depends on the point. */
final class Montgomery {

    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final int BYTES = 32;

    private Montgomery() {
    }

    /** The coordinate u = (1 + y) / (1 - y) of a point in the form that RFC 8032 gives it; both little-endian. */
    static byte[] u(byte[] point) {
        byte[] bigEndian = reversed(point);
        // The highest bit is the sign of x, which u does not depend on.
        bigEndian[0] &= 0x7f;
        BigInteger y = new BigInteger(1, bigEndian);
        BigInteger u = BigInteger.ONE.add(y).multiply(BigInteger.ONE.subtract(y).modInverse(P)).mod(P);
        byte[] digits = u.toByteArray();
        byte[] result = new byte[BYTES];
        for (int i = 0; i < digits.length && i < BYTES; i++) {
            result[i] = digits[digits.length - 1 - i];
        }
        return result;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            reversed[i] = bytes[BYTES - 1 - i];
        }
        return reversed;
    }
}
