// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.contribution;

/**
 * The positions of the slider: 0 offers nothing, the last one everything, and between them each step is a little more
 * than the one before, since a user minds a gigabyte of ten but not of a thousand. Every step is a round number.
 *
 * @param most bytes of the last position, at least {@value #LEAST}
 */
public record OfferScale(long most) {
    /** The number of steps. */
    public static final int STEPS = 200;
    /** Bytes of the first step. */
    static final long LEAST = 100_000_000;

    public OfferScale {
        most = Math.max(most, LEAST);
    }

    /** Bytes at a position; positions outside the scale count as its ends. */
    public long bytes(int position) {
        if (position <= 0) {
            return 0;
        }
        if (position >= STEPS) {
            return most;
        }
        double share = (position - 1.0) / (STEPS - 1);
        return round(LEAST * Math.pow((double) most / LEAST, share));
    }

    /** The nearest position of a number of bytes. */
    public int position(long bytes) {
        if (bytes <= 0) {
            return 0;
        }
        if (bytes >= most) {
            return STEPS;
        }
        double share = Math.log((double) Math.max(bytes, LEAST) / LEAST) / Math.log((double) most / LEAST);
        return Math.clamp(1 + Math.round(share * (STEPS - 1)), 1, STEPS - 1);
    }

    /** Two significant digits, and never more than there is. */
    private long round(double bytes) {
        double step = Math.pow(10, Math.floor(Math.log10(bytes)) - 1);
        return Math.min(most, Math.round(Math.round(bytes / step) * step));
    }
}
