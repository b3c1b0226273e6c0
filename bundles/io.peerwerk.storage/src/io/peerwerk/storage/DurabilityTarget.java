// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import java.util.Map;

import io.peerwerk.core.wire.FormatException;

/**
 * What a user asks of a file's survival, instead of an erasure code: two probabilities of its loss, both above 0 and
 * below 1. {@link DurabilityPlan} finds the code that keeps them.
 *
 * @param lossIfHalfVanish if half of all peers vanish in one instant
 * @param lossAYear within a year of peers that come and go as measured
 */
public record DurabilityTarget(double lossIfHalfVanish, double lossAYear) {

    private static final Map<String, DurabilityTarget> WORDS = Map.of(
            "low", new DurabilityTarget(1e-3, 1e-6),
            "standard", new DurabilityTarget(1e-6, 1e-9),
            "high", new DurabilityTarget(1e-9, 1e-12));
    private static final double LEAST = 1e-30;

    /** Both must be probabilities that can be kept: not below 1e-30. */
    public DurabilityTarget {
        check(lossIfHalfVanish);
        check(lossAYear);
    }

    private static void check(double loss) {
        if (!(loss >= LEAST && loss < 1)) {
            throw new IllegalArgumentException("a probability of loss of " + loss + " cannot be promised: it must be at "
                    + "least " + LEAST + " and below 1");
        }
    }

    /** A millionth if half of all peers vanish at once, a thousand-millionth a year. */
    public static DurabilityTarget standard() {
        return new DurabilityTarget(1e-6, 1e-9);
    }

    /**
     * Reads {@code low}, {@code standard}, {@code high}, or both probabilities: {@code 1e-6,1e-9}.
     *
     * @throws FormatException says what is wrong
     */
    public static DurabilityTarget parse(String text) throws FormatException {
        DurabilityTarget named = WORDS.get(text.strip());
        if (named != null) {
            return named;
        }
        String[] parts = text.split(",", -1);
        try {
            if (parts.length == 2) {
                return new DurabilityTarget(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
            }
        } catch (NumberFormatException e) {
            // Not numbers: falls through to the message that shows how it is written.
        } catch (IllegalArgumentException e) {
            throw new FormatException(e.getMessage());
        }
        throw new FormatException("durability is low, standard, high or two probabilities of loss, if half of all peers "
                + "vanish and a year, like 1e-6,1e-9; not \"" + text + "\"");
    }

    /** {@code 1e-6,1e-9}, as {@link #parse} reads it. */
    @Override
    public String toString() {
        return text(lossIfHalfVanish) + "," + text(lossAYear);
    }

    private static String text(double value) {
        return Double.toString(value).replace(".0E", "e").replace('E', 'e');
    }
}
