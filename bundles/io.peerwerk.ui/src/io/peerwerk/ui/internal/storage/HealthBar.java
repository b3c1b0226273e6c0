// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.storage;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;

import io.peerwerk.ui.internal.storage.StorageModel.Moving;
import io.peerwerk.ui.internal.storage.StorageModel.Row;
import io.peerwerk.ui.internal.storage.StorageModel.Stored;
import io.peerwerk.ui.internal.widgets.Palette;

/**
 * A bar beside the figure in the cells of a column: for a stored item the share of shards that can be reached, with a
 * mark where reading ends; for a transfer how far it is.
 */
final class HealthBar {
    private static final int TEXT = 76;
    private static final int HEIGHT = 8;
    private static final int LONGEST = 120;
    private static final int PAD = 8;

    private final int column;
    private final Palette palette;

    private HealthBar(int column, Palette palette) {
        this.column = column;
        this.palette = palette;
    }

    /** Paints bars into the column of this index, right of its text. */
    static void paintInto(Table table, int column) {
        table.addListener(SWT.PaintItem, new HealthBar(column, Palette.of(table))::paint);
    }

    private void paint(Event event) {
        if (event.index != column || !(event.item.getData() instanceof Row row)) {
            return;
        }
        Rectangle cell = ((TableItem) event.item).getBounds(column);
        int width = Math.min(LONGEST, cell.width - TEXT - PAD);
        if (width > 2 * HEIGHT) {
            bar(event.gc, row, new Rectangle(cell.x + TEXT, cell.y + (cell.height - HEIGHT) / 2, width, HEIGHT));
        }
    }

    private void bar(GC gc, Row row, Rectangle bar) {
        gc.setAntialias(SWT.ON);
        gc.setBackground(palette.line());
        gc.fillRoundRectangle(bar.x, bar.y, bar.width, HEIGHT, HEIGHT, HEIGHT);
        int filled = (int) Math.round(bar.width * share(row));
        if (filled > 0) {
            gc.setBackground(colour(row));
            gc.fillRoundRectangle(bar.x, bar.y, Math.max(filled, HEIGHT), HEIGHT, HEIGHT, HEIGHT);
        }
        if (row instanceof Stored stored && stored.health().needed() > 0) {
            int at = bar.x + (int) Math.round(bar.width * stored.health().needed());
            gc.setForeground(palette.background());
            gc.drawLine(at, bar.y, at, bar.y + HEIGHT - 1);
        }
    }

    private static double share(Row row) {
        return switch (row) {
            case Moving moving -> moving.state().total() == 0 ? 0
                    : Math.clamp((double) moving.state().done() / moving.state().total(), 0, 1);
            case Stored stored -> stored.health().share();
        };
    }

    private Color colour(Row row) {
        return switch (row) {
            case Moving moving -> palette.accent();
            case Stored stored -> switch (stored.health().grade()) {
                case WHOLE, GOOD -> palette.good();
                case WEAK -> palette.warn();
                case UNREADABLE -> palette.bad();
                case UNKNOWN -> palette.gone();
            };
        };
    }
}
