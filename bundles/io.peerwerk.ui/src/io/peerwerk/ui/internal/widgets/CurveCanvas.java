// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.widgets;

import org.eclipse.jface.resource.FontDescriptor;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.jspecify.annotations.Nullable;

import io.peerwerk.ui.internal.model.Curve;
import io.peerwerk.ui.internal.model.Curve.Dot;

/**
 * Shows one curve, and tells the figure under the pointer.
 *
 * <p>Painted with SWT rather than with the library that draws the simulator's files: that one paints with AWT, whose
 * fonts and colours are not those of the user's theme, which would have to be brought up beside the user interface's own
 * toolkit, and whose pictures would be copied for every frame. A line, two axes and a tint are not worth that.
 */
final class CurveCanvas extends Canvas {
    private final CurvePainter painter;
    private Curve curve;
    private @Nullable Dot pointed;

    CurveCanvas(Composite parent, Curve first) {
        super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND);
        curve = first;
        var fonts = new LocalResourceManager(JFaceResources.getResources(), this);
        FontDescriptor font = FontDescriptor.createFrom(getFont());
        painter = new CurvePainter(Palette.of(this), new CurvePainter.Fonts(
                fonts.create(font.setStyle(SWT.BOLD)), fonts.create(font.increaseHeight(-1))));
        addListener(SWT.Paint, e -> painter.paint(e.gc, getClientArea(), curve, pointed));
        addListener(SWT.MouseMove, this::point);
        addListener(SWT.MouseExit, e -> point(null, null));
        AccessibleName.give(this, () -> String.join(" ", curve.heading().title(), curve.heading().value(), //$NON-NLS-1$
                curve.heading().detail()));
    }

    void show(Curve next) {
        curve = next;
        pointed = null;
        redraw();
    }

    private void point(Event event) {
        Rectangle area = getClientArea();
        GC gc = new GC(this);
        double x;
        try {
            x = painter.frame(gc, area, curve).value(event.x);
        } finally {
            gc.dispose();
        }
        Dot near = curve.near(x).orElse(null);
        point(near, near == null ? null : curve.told(near));
    }

    private void point(@Nullable Dot at, @Nullable String said) {
        if (at == null ? pointed != null : !at.equals(pointed)) {
            pointed = at;
            setToolTipText(said);
            redraw();
        }
    }
}
