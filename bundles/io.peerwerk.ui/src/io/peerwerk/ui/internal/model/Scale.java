// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.model;

import java.util.ArrayList;
import java.util.List;

/**
 * An axis from zero or below to a round number, with marks at round numbers between.
 *
 * @param low its lower end
 * @param high its upper end, above the lower one
 * @param step between two marks, 1, 2 or 5 times a power of ten
 */
public record Scale(double low, double high, double step) {
    /** From zero to at least {@code most}, so that the upper end is a mark, with at most so many steps. */
    public static Scale upTo(double most, int steps) {
        double reach = most > 0 && Double.isFinite(most) ? most : 1;
        double step = step(reach / steps);
        return new Scale(0, step * Math.ceil(reach / step - 1e-9), step);
    }

    /** From one number to another, both its ends as they are, with at most so many steps. */
    public static Scale between(double low, double high, int steps) {
        double reach = high > low ? high : low + 1;
        return new Scale(low, reach, step((reach - low) / steps));
    }

    /** The least round number that is not below this one. */
    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double digit : new double[] {1, 2, 5}) {
            if (digit * power >= least * (1 - 1e-9)) {
                return digit * power;
            }
        }
        return 10 * power;
    }

    /** Where marks stand, in ascending order. */
    public List<Double> marks() {
        List<Double> marks = new ArrayList<>();
        for (double i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
            marks.add(i * step + 0.0); // no minus before a zero
        }
        return marks;
    }

    /** How far a number is on the way from the lower to the upper end, 0 to 1 for those between. */
    public double share(double number) {
        return (number - low) / (high - low);
    }
}
