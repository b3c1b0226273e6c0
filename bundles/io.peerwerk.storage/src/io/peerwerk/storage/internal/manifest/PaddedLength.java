// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.manifest;

/**
 * Lengths that tell little. A length is rounded up to a number whose binary form ends in zeros, all but as many digits
 * as the length of its exponent takes (Padmé; Nikitin, Barman, Lueks, Underwood, Hubaux and Ford, "Reducing Metadata
 * Leakage from Encrypted Files and Communication with PURBs", PETS 2019, section 4). What remains to be seen of a length
 * below 2^M are O(log M) bits; it costs at most 12 percent, falling with the length: 6.3 from {@value #SHORTEST} bytes
 * on, 3.2 from 64 KiB on.
 */
public final class PaddedLength {

    /** Where there is less, it is made so much: below, a shard costs its holder more than its bytes. */
    public static final int SHORTEST = 1024;

    private static final int LONGEST_EXPONENT = 62;

    private PaddedLength() {
    }

    /**
     * The padded length.
     *
     * @throws IllegalArgumentException where the length is negative, or so large that it cannot be rounded up
     */
    public static long of(long length) {
        if (length < 0 || length >= 1L << LONGEST_EXPONENT) {
            throw new IllegalArgumentException("nothing has " + length + " bytes");
        }
        if (length <= SHORTEST) {
            return SHORTEST;
        }
        int exponent = floorLog2(length);
        int digits = floorLog2(exponent) + 1;
        long mask = (1L << (exponent - digits)) - 1;
        return (length + mask) & ~mask;
    }

    private static int floorLog2(long number) {
        return Long.SIZE - 1 - Long.numberOfLeadingZeros(number);
    }
}
