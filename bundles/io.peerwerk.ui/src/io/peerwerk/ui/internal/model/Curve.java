// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.model;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;

/**
 * How a figure went, and how it is written.
 *
 * @param heading what is said above it
 * @param dots in ascending order of {@code x}
 * @param from the left end
 * @param to the right end
 * @param axes how figures are written
 */
public record Curve(Heading heading, List<Dot> dots, double from, double to, Axes axes) {
    /**
     * What is said above a curve.
     *
     * @param title what is shown
     * @param value the figure of now
     * @param detail how sure it is; may be empty
     */
    public record Heading(String title, String value, String detail) {
    }

    /** One figure. */
    public record Dot(double x, double y) {
    }

    /** How the figures of both axes are written. */
    public record Axes(DoubleFunction<String> x, DoubleFunction<String> y) {
    }

    public Curve {
        dots = List.copyOf(dots);
    }

    /** The highest figure; 0 where there is none. */
    public double highest() {
        return dots.stream().mapToDouble(Dot::y).max().orElse(0);
    }

    /** The dot nearest to a place on the axis, if there is one. */
    public Optional<Dot> near(double x) {
        return dots.stream().min((a, b) -> Double.compare(Math.abs(a.x() - x), Math.abs(b.x() - x)));
    }

    /** A dot in words. */
    public String told(Dot dot) {
        return axes.x().apply(dot.x()) + ": " + axes.y().apply(dot.y()); //$NON-NLS-1$
    }
}
