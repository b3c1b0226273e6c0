// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.contribution;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.jspecify.annotations.Nullable;

import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.contribution.ContributionModel.Given;
import io.peerwerk.ui.internal.model.Figures;
import io.peerwerk.ui.internal.widgets.Palette;

/** The offer as a bar: what others use of it and what is left, above a thin bar of the whole disk. */
final class OfferBar extends Canvas {
    private static final int BAR = 22;
    private static final int THIN = 8;
    private static final int GAP = 4;

    private final Palette palette;
    private @Nullable Given given;

    OfferBar(Composite parent) {
        super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND);
        palette = Palette.of(this);
        addListener(SWT.Paint, e -> paint(e.gc, getClientArea()));
        getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent e) {
                e.result = given == null ? "" : summary(given); //$NON-NLS-1$
            }
        });
    }

    void show(Given now) {
        given = now;
        redraw();
    }

    /** The bar in a sentence. */
    static String summary(Given given) {
        return NLS.bind(Messages.Contribution_summary, Figures.size(given.used()), Figures.size(given.offered()));
    }

    @Override
    public Point computeSize(int wide, int high, boolean changed) {
        GC gc = new GC(this);
        int line = gc.getFontMetrics().getHeight();
        gc.dispose();
        return new Point(wide == SWT.DEFAULT ? 260 : wide, BAR + THIN + 2 * line + 4 * GAP + 2);
    }

    private void paint(GC gc, Rectangle area) {
        gc.setAdvanced(true);
        gc.setAntialias(SWT.ON);
        gc.setBackground(getBackground());
        gc.fillRectangle(area);
        Given now = given;
        if (now == null) {
            return;
        }
        int line = gc.getFontMetrics().getHeight();
        int y = area.y;
        offer(gc, new Rectangle(area.x, y, area.width, BAR), now);
        y += BAR + GAP;
        captions(gc, area, y, NLS.bind(Messages.Contribution_used, Figures.size(now.used())),
                NLS.bind(Messages.Contribution_left, Figures.size(now.left())), now.overdrawn() ? palette.bad() : palette.accent());
        y += line + 2 * GAP;
        if (now.diskSize() > 0) {
            disk(gc, new Rectangle(area.x, y, area.width, THIN), now);
            y += THIN + GAP;
            captions(gc, area, y, NLS.bind(Messages.Contribution_disk, Figures.size(now.diskSize())),
                    NLS.bind(Messages.Contribution_free, Figures.size(now.diskFree())), palette.muted());
        }
    }

    private void offer(GC gc, Rectangle bar, Given now) {
        Color used = now.overdrawn() ? palette.bad() : palette.accent();
        double share = now.offered() == 0 ? now.used() == 0 ? 0 : 1 : Math.min(1, (double) now.used() / now.offered());
        rounded(gc, bar, Palette.between(palette.background(), palette.good(), 0.35));
        part(gc, bar, 0, share, used);
    }

    private void disk(GC gc, Rectangle bar, Given now) {
        double size = now.diskSize();
        double others = Math.max(0, (size - now.diskFree() - now.used()) / size);
        rounded(gc, bar, palette.line());
        part(gc, bar, 0, others + now.used() / size, palette.gone());
        part(gc, bar, others, others + now.used() / size, palette.accent());
        double end = others + now.used() / size;
        part(gc, bar, end, Math.min(1, end + now.left() / size), Palette.between(palette.background(), palette.good(), 0.55));
    }

    private void part(GC gc, Rectangle bar, double from, double to, Color colour) {
        int left = bar.x + (int) Math.round(bar.width * from);
        int right = bar.x + (int) Math.round(bar.width * to);
        if (to <= from) {
            return;
        }
        gc.setClipping(new Rectangle(left, bar.y, Math.max(2, right - left), bar.height));
        rounded(gc, bar, colour);
        gc.setClipping((Rectangle) null);
    }

    private static void rounded(GC gc, Rectangle bar, Color colour) {
        gc.setBackground(colour);
        gc.fillRoundRectangle(bar.x, bar.y, bar.width, bar.height, Math.min(10, bar.height), Math.min(10, bar.height));
    }

    private void captions(GC gc, Rectangle area, int y, String left, String right, Color leftColour) {
        gc.setForeground(leftColour);
        gc.drawText(left, area.x, y, true);
        gc.setForeground(palette.muted());
        gc.drawText(right, area.x + area.width - gc.textExtent(right).x, y, true);
    }
}
