// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.erasure;

/** Arithmetic in GF(2^8) with the polynomial 0x11D and the generator 2. Addition and subtraction are xor. */
final class GaloisField {

    private static final int POLYNOMIAL = 0x11D;
    private static final int ORDER = 255;
    /** Powers of the generator, twice in a row so that a sum of two logarithms needs no reduction. */
    private static final int[] POWER = new int[2 * ORDER];
    private static final int[] LOGARITHM = new int[ORDER + 1];

    static {
        int x = 1;
        for (int i = 0; i < ORDER; i++) {
            POWER[i] = x;
            POWER[i + ORDER] = x;
            LOGARITHM[x] = i;
            x <<= 1;
            if (x > ORDER) {
                x ^= POLYNOMIAL;
            }
        }
    }

    private GaloisField() {
    }

    static int multiply(int a, int b) {
        return a == 0 || b == 0 ? 0 : POWER[LOGARITHM[a] + LOGARITHM[b]];
    }

    /** The inverse of {@code a}, which must not be 0. */
    static int invert(int a) {
        if (a == 0) {
            throw new ArithmeticException("0 has no inverse");
        }
        return POWER[ORDER - LOGARITHM[a]];
    }
}
