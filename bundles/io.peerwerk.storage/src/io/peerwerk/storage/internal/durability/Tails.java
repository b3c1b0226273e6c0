// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.durability;

import java.util.function.IntToDoubleFunction;

/**
 * Probabilities that few of many remain. Sums of positive terms that begin with the largest one, whose logarithm is
 * computed: the relative error stays near 1e-9 (1e-13 below a thousand peers) for results down to 1e-300.
 */
final class Tails {

    private static final double[] LOG_FACTORIALS = new double[1024];
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
    /** A term so much smaller than the largest one changes nothing. */
    private static final double NEGLIGIBLE = 1e-18;

    static {
        for (int i = 2; i < LOG_FACTORIALS.length; i++) {
            LOG_FACTORIALS[i] = LOG_FACTORIALS[i - 1] + Math.log(i);
        }
    }

    private Tails() {
    }

    /**
     * P(X &lt; few) where X is how many of the {@code marked} among {@code all} are in a random choice of {@code chosen}.
     */
    static double hypergeometricBelow(int few, int marked, int all, int chosen) {
        int least = Math.max(0, marked + chosen - all);
        int most = Math.min(marked, chosen);
        if (few <= least) {
            return 0;
        }
        if (few > most) {
            return 1;
        }
        int mode = (int) ((marked + 1.0) * (chosen + 1.0) / (all + 2.0));
        int start = Math.max(least, Math.min(few - 1, mode));
        double log = logChoose(marked, start) + logChoose(all - marked, chosen - start) - logChoose(all, chosen);
        // p(x + 1) / p(x)
        IntToDoubleFunction ratio = x -> (double) (marked - x) * (chosen - x)
                / ((x + 1.0) * ((double) all - marked - chosen + x + 1));
        return Math.min(1, Math.exp(log) * around(start, least, few - 1, ratio));
    }

    /** P(X = some) of the same. */
    static double hypergeometric(int some, int marked, int all, int chosen) {
        return some < 0 || some > marked || chosen - some < 0 || chosen - some > all - marked ? 0
                : Math.exp(logChoose(marked, some) + logChoose(all - marked, chosen - some) - logChoose(all, chosen));
    }

    /** P(X &lt; few) where X is how many of {@code tries} succeed, each with probability {@code p}, strictly within 0 and 1. */
    static double binomialBelow(int few, int tries, double p) {
        if (few <= 0) {
            return 0;
        }
        if (few > tries) {
            return 1;
        }
        int start = Math.min(few - 1, (int) ((tries + 1) * p));
        double log = logChoose(tries, start) + start * Math.log(p) + (tries - start) * Math.log1p(-p);
        IntToDoubleFunction ratio = x -> (tries - x) * p / ((x + 1) * (1 - p));
        return Math.min(1, Math.exp(log) * around(start, 0, few - 1, ratio));
    }

    /** The sum of all terms from {@code least} to {@code most}, where the one at {@code start} is 1. */
    private static double around(int start, int least, int most, IntToDoubleFunction ratio) {
        double sum = 1;
        double term = 1;
        for (int x = start; x > least && term > NEGLIGIBLE; x--) {
            term /= ratio.applyAsDouble(x - 1);
            sum += term;
        }
        term = 1;
        for (int x = start; x < most && term > NEGLIGIBLE; x++) {
            term *= ratio.applyAsDouble(x);
            sum += term;
        }
        return sum;
    }

    static double logChoose(int of, int choose) {
        return logFactorial(of) - logFactorial(choose) - logFactorial(of - choose);
    }

    /** The series of Stirling above the table; its first term left out is below 1e-20 there. */
    static double logFactorial(int n) {
        if (n < LOG_FACTORIALS.length) {
            return LOG_FACTORIALS[n];
        }
        double x = n;
        return HALF_LOG_TWO_PI + (x + 0.5) * Math.log(x) - x + 1 / (12 * x) - 1 / (360 * x * x * x);
    }
}
