// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Amounts of bytes as people write them: {@code 10GB} is ten to the ten, {@code 500MiB} is 500 times 2 to the 20.
 * Written out in decimal units with three digits, as disks are sold.
 */
public final class ByteSize {
    private static final Pattern FORM = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)\\s*([A-Za-z]*)");
    private static final Map<String, Long> UNITS = Map.ofEntries(
            Map.entry("", 1L), Map.entry("b", 1L),
            Map.entry("k", 1_000L), Map.entry("kb", 1_000L), Map.entry("kib", 1L << 10),
            Map.entry("m", 1_000_000L), Map.entry("mb", 1_000_000L), Map.entry("mib", 1L << 20),
            Map.entry("g", 1_000_000_000L), Map.entry("gb", 1_000_000_000L), Map.entry("gib", 1L << 30),
            Map.entry("t", 1_000_000_000_000L), Map.entry("tb", 1_000_000_000_000L), Map.entry("tib", 1L << 40));
    private static final String[] NAMES = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    private ByteSize() {
    }

    /**
     * Reads {@code 10GB}, {@code 1.5 TiB}, {@code 4096}; upper or lower case, fractions of a byte are dropped.
     *
     * @throws IllegalArgumentException with a message for people
     */
    public static long parse(String text) {
        var matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a size; write it like 10GB or 500MiB");
        }
        Long unit = UNITS.get(matcher.group(2).toLowerCase(Locale.ROOT));
        if (unit == null) {
            throw new IllegalArgumentException("'" + matcher.group(2) + "' is not a unit of size; use B, kB, MB, GB, TB"
                    + " or KiB, MiB, GiB, TiB");
        }
        try {
            return new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit))
                    .setScale(0, RoundingMode.DOWN).longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("'" + text + "' is more than any disk holds");
        }
    }

    /** Three digits and a unit: {@code 999 B}, {@code 1.00 kB}, {@code 134 MB}, {@code 10.0 GB}. */
    public static String format(long bytes) {
        if (bytes < 0) {
            return "-" + format(-Math.max(bytes, -Long.MAX_VALUE));
        }
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = 0;
        while (value >= 999.5) {
            value /= 1000;
            unit++;
        }
        return threeDigits(value) + " " + NAMES[unit];
    }

    private static String threeDigits(double value) {
        int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
