// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.network;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * How far from the middle a round trip is drawn: logarithmic, since a neighbour in the house and one overseas differ a
 * thousandfold. The scale shows {@value #DECADES} decades below {@code top}.
 *
 * @param top the round trip, in milliseconds, of the outermost ring: 1, 3, 10, 30 and so on
 */
public record RoundTripScale(double top) {
    /** Decades between the innermost and the outermost ring. */
    static final int DECADES = 2;
    /** Radius of the innermost ring, of the outermost one, and of peers without a measured round trip. */
    static final double INNER = 0.5;
    static final double OUTER = 0.9;
    static final double UNKNOWN = 1.0;

    /** What the outermost ring can be: half a decade apart, so that one slow peer does not crowd all others together. */
    private static final double[] TOPS = {1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000};
    /** The scale shrinks only when everything is this much below the next smaller top, so that it does not flicker. */
    private static final double HYSTERESIS = 0.7;

    /** One ring: a round trip in milliseconds and its radius. */
    public record Ring(double millis, double radius) {
    }

    /** The scale of a network of which nothing is measured. */
    public static RoundTripScale initial() {
        return new RoundTripScale(10);
    }

    /** The scale that fits these round trips, kept the same where the present one does well enough. */
    public RoundTripScale fit(Collection<Duration> roundTrips) {
        double most = roundTrips.stream().mapToDouble(RoundTripScale::millis).max().orElse(-1);
        if (most < 0) {
            return this;
        }
        int next = Math.max(0, Arrays.binarySearch(TOPS, top));
        while (next < TOPS.length - 1 && most > TOPS[next]) {
            next++;
        }
        while (next > 0 && most < TOPS[next - 1] * HYSTERESIS) {
            next--;
        }
        return TOPS[next] == top ? this : new RoundTripScale(TOPS[next]);
    }

    /** The radius of a round trip, between the innermost and the outermost ring. */
    public double radius(Duration roundTrip) {
        return radius(millis(roundTrip));
    }

    private double radius(double millis) {
        double decades = Math.log10(Math.max(millis, 1e-6) / top) + DECADES;
        return INNER + (OUTER - INNER) * Math.clamp(decades / DECADES, 0, 1);
    }

    /** The rings to draw, from the inside. */
    public List<Ring> rings() {
        List<Ring> rings = new ArrayList<>();
        for (int decade = DECADES; decade >= 0; decade--) {
            double millis = top / Math.pow(10, decade);
            rings.add(new Ring(millis, radius(millis)));
        }
        return rings;
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
