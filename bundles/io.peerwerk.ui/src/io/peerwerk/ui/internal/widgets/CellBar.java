// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.widgets;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;

/**
 * A bar beside the figure in the cells of a column, which says the same.
 *
 * @param <E> the type of the rows
 */
public abstract class CellBar<E> {
    private static final int HEIGHT = 8;
    private static final int LONGEST = 120;
    private static final int PAD = 8;

    private final Class<E> type;
    private final int text;
    private final Palette palette;

    /** @param text how much room the figure needs, in pixels */
    protected CellBar(Class<E> type, int text, Table table) {
        this.type = type;
        this.text = text;
        this.palette = Palette.of(table);
    }

    /** How much of the bar is filled, 0 to 1. */
    protected abstract double share(E row);

    /** The colour of what is filled. */
    protected abstract Color colour(E row, Palette from);

    /** Where a mark stands, 0 to 1; 0 for none. */
    protected double mark(E row) {
        return 0;
    }

    /** Paints bars into the column of this index, right of its text. */
    protected final void paintInto(Table table, int column) {
        table.addListener(SWT.PaintItem, event -> {
            if (event.index == column && type.isInstance(event.item.getData())) {
                paint(event, type.cast(event.item.getData()));
            }
        });
    }

    private void paint(Event event, E row) {
        Rectangle cell = ((TableItem) event.item).getBounds(event.index);
        int width = Math.min(LONGEST, cell.width - text - PAD);
        if (width > 2 * HEIGHT) {
            bar(event.gc, row, new Rectangle(cell.x + text, cell.y + (cell.height - HEIGHT) / 2, width, HEIGHT));
        }
    }

    private void bar(GC gc, E row, Rectangle bar) {
        gc.setAntialias(SWT.ON);
        gc.setBackground(palette.line());
        gc.fillRoundRectangle(bar.x, bar.y, bar.width, HEIGHT, HEIGHT, HEIGHT);
        int filled = (int) Math.round(bar.width * share(row));
        if (filled > 0) {
            gc.setBackground(colour(row, palette));
            gc.fillRoundRectangle(bar.x, bar.y, Math.max(filled, HEIGHT), HEIGHT, HEIGHT, HEIGHT);
        }
        if (mark(row) > 0) {
            int at = bar.x + (int) Math.round(bar.width * mark(row));
            gc.setForeground(palette.background());
            gc.drawLine(at, bar.y, at, bar.y + HEIGHT - 1);
        }
    }
}
