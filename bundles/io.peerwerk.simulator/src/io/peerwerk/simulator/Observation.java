// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * A row: what was seen at one time.
 *
 * @param at cycles that are over, or milliseconds, by the mode of the {@link Scenario}
 * @param figures what was measured, in the order of {@link Quantity}; what has no value is left out
 */
public record Observation(long at, Map<Quantity, Double> figures) {

    public Observation {
        var copy = new EnumMap<Quantity, Double>(Quantity.class);
        copy.putAll(figures);
        figures = Collections.unmodifiableMap(copy);
    }

    /** The value, or NaN. */
    public double get(Quantity quantity) {
        return figures.getOrDefault(quantity, Double.NaN);
    }
}
