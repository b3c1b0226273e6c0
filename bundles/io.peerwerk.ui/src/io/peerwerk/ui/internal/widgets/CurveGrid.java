// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.widgets;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Layout;

import io.peerwerk.ui.internal.model.Curve;

/** Curves side by side, in as many columns as there is room for. */
public final class CurveGrid extends Composite {
    private static final int GAP = 6;
    private static final int LEAST_WIDTH = 190;
    private static final int HEIGHT = 116;

    private final List<CurveCanvas> canvases = new ArrayList<>();

    public CurveGrid(Composite parent) {
        super(parent, SWT.NONE);
        setLayout(new Cells());
    }

    /** Shows these, in this order. */
    public void show(List<Curve> curves) {
        boolean same = curves.size() == canvases.size();
        while (canvases.size() > curves.size()) {
            canvases.removeLast().dispose();
        }
        for (int i = 0; i < curves.size(); i++) {
            if (i < canvases.size()) {
                canvases.get(i).show(curves.get(i));
            } else {
                canvases.add(new CurveCanvas(this, curves.get(i)));
            }
        }
        if (!same) {
            getParent().layout();
            layout();
        }
    }

    /** How many columns fit, so that no row is much emptier than the others. */
    static int columns(int count, int width) {
        int most = Math.clamp((width + GAP) / (LEAST_WIDTH + GAP), 1, Math.max(1, count));
        int rows = (count + most - 1) / most;
        return Math.max(1, (count + rows - 1) / Math.max(1, rows));
    }

    private final class Cells extends Layout {
        @Override
        protected Point computeSize(Composite composite, int widthHint, int heightHint, boolean flushCache) {
            int width = widthHint == SWT.DEFAULT ? 3 * LEAST_WIDTH : widthHint;
            int columns = columns(canvases.size(), width);
            int rows = (canvases.size() + columns - 1) / columns;
            return new Point(width, heightHint == SWT.DEFAULT ? Math.max(0, rows * (HEIGHT + GAP) - GAP) : heightHint);
        }

        @Override
        protected void layout(Composite composite, boolean flushCache) {
            Rectangle area = getClientArea();
            int columns = columns(canvases.size(), area.width);
            int rows = Math.max(1, (canvases.size() + columns - 1) / columns);
            for (int i = 0; i < canvases.size(); i++) {
                int left = edge(area.width, columns, i % columns);
                int top = edge(area.height, rows, i / columns);
                canvases.get(i).setBounds(area.x + left, area.y + top, edge(area.width, columns, i % columns + 1) - left - GAP,
                        edge(area.height, rows, i / columns + 1) - top - GAP);
            }
        }

        /** Where a column or row begins; the gap after the last one lies outside. */
        private static int edge(int length, int parts, int part) {
            return (length + GAP) * part / parts;
        }
    }
}
