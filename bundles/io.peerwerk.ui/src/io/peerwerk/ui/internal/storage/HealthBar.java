// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.storage;

import java.util.function.Function;

import org.eclipse.jface.viewers.OwnerDrawLabelProvider;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.TableItem;

import io.peerwerk.ui.internal.storage.StorageModel.Moving;
import io.peerwerk.ui.internal.storage.StorageModel.Row;
import io.peerwerk.ui.internal.storage.StorageModel.Stored;
import io.peerwerk.ui.internal.widgets.Palette;

/**
 * A cell with a bar and its figure: for a stored item the share of shards that can be reached, with a mark where
 * reading ends; for a transfer how far it is.
 */
final class HealthBar extends OwnerDrawLabelProvider {
    private static final int BAR = 72;
    private static final int HEIGHT = 8;
    private static final int PAD = 6;

    private final Palette palette;
    private final Function<Row, String> text;

    HealthBar(Palette palette, Function<Row, String> text) {
        this.palette = palette;
        this.text = text;
    }

    @Override
    protected void measure(Event event, Object element) {
        event.width = BAR + 3 * PAD + event.gc.textExtent(text.apply((Row) element)).x;
    }

    @Override
    protected void erase(Event event, Object element) {
        event.detail &= ~SWT.FOREGROUND; // the cell's text is drawn by paint; the selection by the platform
    }

    @Override
    protected void paint(Event event, Object element) {
        Row row = (Row) element;
        GC gc = event.gc;
        Rectangle cell = ((TableItem) event.item).getBounds(event.index);
        gc.setAntialias(SWT.ON);
        int top = cell.y + (cell.height - HEIGHT) / 2;
        Color before = gc.getForeground();
        gc.setBackground(palette.line());
        gc.fillRoundRectangle(cell.x + PAD, top, BAR, HEIGHT, HEIGHT, HEIGHT);
        int filled = (int) Math.round(BAR * share(row));
        if (filled > 0) {
            gc.setBackground(colour(row));
            gc.fillRoundRectangle(cell.x + PAD, top, Math.max(filled, HEIGHT), HEIGHT, HEIGHT, HEIGHT);
        }
        mark(gc, row, cell.x + PAD, top);
        gc.setForeground(before);
        String said = text.apply(row);
        gc.drawText(said, cell.x + BAR + 2 * PAD, cell.y + (cell.height - gc.textExtent(said).y) / 2, true);
    }

    private void mark(GC gc, Row row, int left, int top) {
        if (row instanceof Stored stored && stored.health().needed() > 0) {
            int at = left + (int) Math.round(BAR * stored.health().needed());
            gc.setForeground(palette.background());
            gc.drawLine(at, top, at, top + HEIGHT - 1);
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

    @Override
    public String getToolTipText(Object element) {
        return StoredText.tooltip((Row) element);
    }
}
