// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.widgets;

import java.util.Arrays;
import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.jspecify.annotations.Nullable;

import io.peerwerk.ui.internal.model.Curve;
import io.peerwerk.ui.internal.model.Curve.Dot;
import io.peerwerk.ui.internal.model.Scale;

/**
 * Paints a curve: its title and its figure of now above, marks at round numbers left and below, the area under it tinted.
 * The axis of figures begins at zero, so that no small change looks like a large one.
 */
record CurvePainter(Palette palette, Fonts fonts) {
    /** For the figure and for everything else. */
    record Fonts(Font figure, Font small) {
    }

    private static final int PAD = 8;
    private static final int GAP = 4;
    private static final int DOT = 3;
    /** Room that a step between two marks wants, at least. */
    private static final int STEP_ACROSS = 48;
    private static final int STEP_DOWN = 20;
    private static final int AREA_ALPHA = 28;

    /** Where the curve itself is painted, and its axes. */
    record Frame(Rectangle plot, Scale across, Scale up) {
        Point at(Dot dot) {
            return new Point(plot.x + (int) Math.round(plot.width * across.share(dot.x())),
                    plot.y + plot.height - (int) Math.round(plot.height * up.share(dot.y())));
        }

        /** What lies at this pixel on the axis. */
        double value(int x) {
            return across.low() + (across.high() - across.low()) * (x - plot.x) / Math.max(1, plot.width);
        }
    }

    Frame frame(GC gc, Rectangle area, Curve curve) {
        gc.setFont(fonts.figure());
        int top = PAD + gc.textExtent("0").y + GAP; //$NON-NLS-1$
        gc.setFont(fonts.small());
        int line = gc.textExtent("0").y; //$NON-NLS-1$
        top += curve.heading().detail().isEmpty() ? 0 : line;
        int height = Math.max(1, area.height - top - line / 2 - line - GAP - PAD);
        Scale up = Scale.upTo(curve.highest(), Math.clamp(height / STEP_DOWN, 1, 5));
        int left = PAD + GAP + up.marks().stream().mapToInt(mark -> gc.textExtent(label(curve, mark)).x).max().orElse(0);
        int width = Math.max(1, area.width - left - 2 * PAD);
        return new Frame(new Rectangle(area.x + left, area.y + top + line / 2, width, height),
                Scale.between(curve.from(), curve.to(), Math.max(1, width / STEP_ACROSS)), up);
    }

    void paint(GC gc, Rectangle area, Curve curve, @Nullable Dot pointed) {
        gc.setAdvanced(true);
        gc.setAntialias(SWT.ON);
        gc.setTextAntialias(SWT.ON);
        gc.setBackground(palette.background());
        gc.fillRectangle(area);
        Frame frame = frame(gc, area, curve);
        heading(gc, area, curve.heading());
        marks(gc, frame, curve);
        line(gc, frame, curve.dots());
        if (pointed != null) {
            dot(gc, frame.at(pointed));
        }
    }

    private void heading(GC gc, Rectangle area, Curve.Heading heading) {
        gc.setFont(fonts.figure());
        Point size = gc.textExtent(heading.value());
        gc.setForeground(palette.foreground());
        gc.drawText(heading.value(), area.x + area.width - PAD - size.x, area.y + PAD, true);
        gc.setFont(fonts.small());
        gc.setForeground(palette.muted());
        int room = area.width - 3 * PAD - size.x;
        int line = gc.textExtent("0").y; //$NON-NLS-1$
        gc.drawText(fitting(gc, heading.title(), room), area.x + PAD, area.y + PAD + size.y - line, true);
        gc.drawText(fitting(gc, heading.detail(), area.width - 2 * PAD), area.x + PAD, area.y + PAD + size.y, true);
    }

    /** The text, or as much of it as there is room for. */
    private static String fitting(GC gc, String text, int room) {
        if (gc.textExtent(text).x <= room) {
            return text;
        }
        int length = text.length();
        while (length > 0 && gc.textExtent(text.substring(0, length) + '\u2026').x > room) {
            length--;
        }
        return text.substring(0, length) + '\u2026';
    }

    /** Nothing where there is no figure, for then the axis would be made up. */
    private static String label(Curve curve, double mark) {
        return curve.dots().isEmpty() ? "" : curve.axes().y().apply(mark); //$NON-NLS-1$
    }

    private void marks(GC gc, Frame frame, Curve curve) {
        Rectangle plot = frame.plot();
        gc.setFont(fonts.small());
        gc.setLineWidth(1);
        for (double mark : frame.up().marks()) {
            int y = frame.at(new Dot(frame.across().low(), mark)).y;
            gc.setForeground(palette.line());
            gc.drawLine(plot.x, y, plot.x + plot.width, y);
            String label = label(curve, mark);
            Point size = gc.textExtent(label);
            gc.setForeground(palette.muted());
            gc.drawText(label, plot.x - GAP - size.x, y - size.y / 2, true);
        }
        int end = Integer.MIN_VALUE; // of the label before, which the next one must not touch
        for (double mark : frame.across().marks()) {
            int x = frame.at(new Dot(mark, 0)).x;
            String label = curve.axes().x().apply(mark);
            int width = gc.textExtent(label).x;
            int left = Math.clamp(x - width / 2, plot.x - GAP, Math.max(plot.x, plot.x + plot.width + PAD - width));
            if (left > end) {
                gc.drawText(label, left, plot.y + plot.height + GAP, true);
                end = left + width + PAD;
            }
        }
    }

    private void line(GC gc, Frame frame, List<Dot> dots) {
        if (dots.isEmpty()) {
            return;
        }
        if (dots.size() == 1) {
            dot(gc, frame.at(dots.getFirst()));
            return;
        }
        int[] line = new int[2 * dots.size() + 4];
        for (int i = 0; i < dots.size(); i++) {
            Point at = frame.at(dots.get(i));
            line[2 * i] = at.x;
            line[2 * i + 1] = at.y;
        }
        int ground = frame.plot().y + frame.plot().height;
        int end = 2 * dots.size();
        line[end] = line[end - 2];
        line[end + 1] = ground;
        line[end + 2] = line[0];
        line[end + 3] = ground;
        gc.setBackground(palette.accent());
        gc.setAlpha(AREA_ALPHA);
        gc.fillPolygon(line);
        gc.setAlpha(255);
        gc.setForeground(palette.accent());
        gc.setLineWidth(2);
        gc.setLineJoin(SWT.JOIN_ROUND);
        gc.drawPolyline(Arrays.copyOf(line, end));
        gc.setLineWidth(1);
    }

    private void dot(GC gc, Point at) {
        gc.setBackground(palette.accent());
        gc.fillOval(at.x - DOT, at.y - DOT, 2 * DOT, 2 * DOT);
    }
}
