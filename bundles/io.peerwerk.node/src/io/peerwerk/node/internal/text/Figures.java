// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.text;

import java.time.Duration;
import java.util.Locale;

/** Times and rates in words, with no more digits than they deserve. */
public final class Figures {
    private Figures() {
    }

    /** {@code 0.83 ms}, {@code 12 ms}, {@code 4.2 s}, {@code 3 min 5 s}, {@code 2 h 10 min}, {@code 3 d 4 h}. */
    public static String time(Duration time) {
        double millis = time.toNanos() / 1e6;
        if (millis < 1000) {
            return number(millis) + " ms";
        }
        long seconds = Math.round(millis / 1000);
        if (seconds < 60) {
            return number(millis / 1000) + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        if (seconds < 86_400) {
            return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
        }
        return seconds / 86_400 + " d " + seconds % 86_400 / 3600 + " h";
    }

    /** {@code 31.8 MB/s}; a dash when no time has passed. */
    public static String rate(long bytes, Duration time) {
        return time.isZero() || time.isNegative() ? "–" : number(megabytesPerSecond(bytes, time)) + " MB/s";
    }

    /** Millions of bytes a second; 0 when no time has passed. */
    public static double megabytesPerSecond(long bytes, Duration time) {
        return time.isZero() || time.isNegative() ? 0 : bytes / 1e6 / seconds(time);
    }

    public static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    /** Rounded to thousandths, as JSON lines carry it. */
    public static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    /** Two decimals below ten, one below a hundred, none above. */
    public static String number(double value) {
        int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** {@code 1 peer}, {@code 7 peers}. */
    public static String count(long number, String one) {
        return number + " " + (number == 1 ? one : one + "s");
    }
}
