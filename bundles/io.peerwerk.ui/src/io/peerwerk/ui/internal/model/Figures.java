// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.model;

import java.net.InetSocketAddress;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;

import org.eclipse.osgi.util.NLS;
import org.jspecify.annotations.Nullable;

import io.peerwerk.ui.internal.Messages;

/** Figures in words, as this locale writes them. */
public final class Figures {
    private static final Duration LONG_AGO = Duration.ofDays(7);

    private Figures() {
    }

    /** {@code 10 GB}. */
    public static String size(long bytes) {
        return new ByteSize(bytes).toString();
    }

    /** {@code 0.8 ms}, {@code 12 ms}, {@code 1.2 s}; a dash while it is not known. */
    public static String roundTrip(@Nullable Duration time) {
        if (time == null) {
            return Messages.Figures_none;
        }
        double millis = time.toNanos() / 1e6;
        if (millis >= 1000) {
            return NLS.bind(Messages.Figures_seconds, decimal(millis / 1000, 1));
        }
        return NLS.bind(Messages.Figures_milliseconds, decimal(millis, millis < 10 ? 1 : 0));
    }

    /** A power of ten of milliseconds, without decimals that say nothing: {@code 0.1 ms}, {@code 10 ms}, {@code 1 s}. */
    public static String roundMillis(double millis) {
        return millis >= 1000 ? NLS.bind(Messages.Figures_seconds, decimal(millis / 1000, 0))
                : NLS.bind(Messages.Figures_milliseconds, decimal(millis, millis >= 1 ? 0 : millis >= 0.1 ? 1 : 2));
    }

    /** A number with so many decimals. */
    public static String decimal(double value, int digits) {
        NumberFormat format = NumberFormat.getNumberInstance();
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(value);
    }

    /** A number without decimals that say nothing: {@code 0.125}, {@code 2.5}, {@code 1,200}. */
    public static String brief(double value) {
        double size = Math.abs(value);
        NumberFormat format = NumberFormat.getNumberInstance();
        format.setMaximumFractionDigits(size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0);
        return format.format(value);
    }

    /** A whole number with this locale's grouping. */
    public static String count(long number) {
        return NumberFormat.getIntegerInstance().format(number);
    }

    /** Host and port; an address of IPv6 in brackets. */
    public static String socket(InetSocketAddress socket) {
        String host = socket.getHostString();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + socket.getPort(); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    }

    /** {@code 43 %} for 0.43. */
    public static String percent(double share) {
        return NumberFormat.getPercentInstance().format(share);
    }

    /** {@code 43 %}. */
    public static String percent(long part, long whole) {
        return percent(whole == 0 ? 0 : (double) part / whole);
    }

    /** How long ago something was: {@code just now}, {@code 5 min ago}, {@code 3 h ago}, or the date. */
    public static String ago(Instant then, Instant now, ZoneId zone) {
        Duration age = Duration.between(then, now);
        if (age.toMinutes() < 1) {
            return Messages.Figures_justNow;
        }
        if (age.toHours() < 1) {
            return NLS.bind(Messages.Figures_minutesAgo, age.toMinutes());
        }
        if (age.toDays() < 1) {
            return NLS.bind(Messages.Figures_hoursAgo, age.toHours());
        }
        if (age.compareTo(LONG_AGO) < 0) {
            return NLS.bind(Messages.Figures_daysAgo, age.toDays());
        }
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withZone(zone).format(then);
    }

    /** Date and time in full, for tooltips. */
    public static String moment(Instant then, ZoneId zone) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM).withZone(zone).format(then);
    }

    /** The time of day to the second, for logs. */
    public static String time(Instant then, ZoneId zone) {
        return DateTimeFormatter.ofLocalizedTime(FormatStyle.MEDIUM).withZone(zone).format(then);
    }

    /** A message as a sentence begins; our bundles write theirs to follow a colon. */
    public static String sentence(String message) {
        return message.isEmpty() ? message : Character.toUpperCase(message.charAt(0)) + message.substring(1);
    }

    /**
     * Text from elsewhere made fit for one line: control characters and those that change the direction of writing,
     * with which a name could pass for another, are replaced.
     */
    public static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().map(Figures::visible).forEach(plain::appendCodePoint);
        return plain.toString();
    }

    private static int visible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> 0xFFFD;
            default -> codePoint;
        };
    }
}
