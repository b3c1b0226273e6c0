// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.osgi.util.NLS;

import io.peerwerk.ui.internal.Messages;

/**
 * A number of bytes as people write it: {@code 10 GB}, {@code 823 MB}, {@code 1.25 TB}.
 *
 * @param bytes not negative
 */
public record ByteSize(long bytes) {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,6}|,\\d{1,2})?)\\s*([kKmMgGtT]?)[bB]?"); //$NON-NLS-1$

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("size " + bytes); //$NON-NLS-1$
        }
    }

    /**
     * Reads {@code 10 GB}, {@code 10g}, {@code 1.5 TB} or a bare number of bytes. A comma before three digits is refused,
     * since half of the world means a thousandfold of what the other half means.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static ByteSize parse(String text) {
        Matcher matcher = WRITTEN.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(NLS.bind(Messages.Size_malformed, text));
        }
        BigDecimal number = new BigDecimal(matcher.group(1).replace(',', '.'));
        BigDecimal bytes = number.multiply(BigDecimal.valueOf(unit(matcher.group(2)).bytes()));
        if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException(NLS.bind(Messages.Size_tooLarge, text));
        }
        return new ByteSize(bytes.setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    private static SizeUnit unit(String letter) {
        return letter.isEmpty() ? SizeUnit.B : SizeUnit.valueOf(letter.toUpperCase(Locale.ROOT) + "B"); //$NON-NLS-1$
    }

    /** Three significant digits and the unit, written as in this locale. */
    @Override
    public String toString() {
        SizeUnit unit = SizeUnit.fitting(bytes);
        BigDecimal value = BigDecimal.valueOf(bytes).divide(BigDecimal.valueOf(unit.bytes()), 3, RoundingMode.DOWN);
        int decimals = Math.clamp(3 - (value.precision() - value.scale()), 0, 2);
        BigDecimal rounded = value.setScale(unit == SizeUnit.B ? 0 : decimals, RoundingMode.DOWN);
        DecimalFormat format = new DecimalFormat("0.##", DecimalFormatSymbols.getInstance()); //$NON-NLS-1$
        return format.format(rounded) + "\u00a0" + unit.symbol(); //$NON-NLS-1$
    }
}
