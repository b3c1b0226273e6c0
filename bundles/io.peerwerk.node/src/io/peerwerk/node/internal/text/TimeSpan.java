// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.text;

import java.time.Duration;
import java.util.regex.Pattern;

/** Times as people write them on a command line: {@code 500ms}, {@code 2s}, {@code 10min}, {@code 1h}. */
public final class TimeSpan {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*(ms|s|min|m|h|d)");

    private TimeSpan() {
    }

    /** @throws IllegalArgumentException with a message for people */
    public static Duration parse(String text) {
        var matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a time; write it like 500ms, 30s, 10min or 2h");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofMinutes(number);
        };
    }
}
