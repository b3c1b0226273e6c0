// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.routing;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;

import io.peerwerk.ui.internal.routing.RoutingModel.Bucket;
import io.peerwerk.ui.internal.widgets.Palette;

/** A bar beside the figure in the cells of a column: how full the bucket is. */
final class BucketBar {
    /** So many peers a bucket takes: the k of Kademlia as libp2p has it. */
    static final int FULL = 20;

    private static final int TEXT = 64;
    private static final int HEIGHT = 8;
    private static final int LONGEST = 120;
    private static final int PAD = 8;

    private final int column;
    private final Palette palette;

    private BucketBar(int column, Palette palette) {
        this.column = column;
        this.palette = palette;
    }

    /** Paints bars into the column of this index, right of its text. */
    static void paintInto(Table table, int column) {
        table.addListener(SWT.PaintItem, new BucketBar(column, Palette.of(table))::paint);
    }

    /** How many of {@code width} pixels are filled. */
    static int filled(Bucket bucket, int width) {
        return (int) Math.round(width * Math.clamp((double) bucket.peers() / FULL, 0, 1));
    }

    private void paint(Event event) {
        if (event.index != column || !(event.item.getData() instanceof Bucket bucket)) {
            return;
        }
        Rectangle cell = ((TableItem) event.item).getBounds(column);
        int width = Math.min(LONGEST, cell.width - TEXT - PAD);
        if (width > 2 * HEIGHT) {
            bar(event.gc, bucket, new Rectangle(cell.x + TEXT, cell.y + (cell.height - HEIGHT) / 2, width, HEIGHT));
        }
    }

    private void bar(GC gc, Bucket bucket, Rectangle bar) {
        gc.setAntialias(SWT.ON);
        gc.setBackground(palette.line());
        gc.fillRoundRectangle(bar.x, bar.y, bar.width, HEIGHT, HEIGHT, HEIGHT);
        gc.setBackground(bucket.peers() >= FULL ? palette.good() : palette.accent());
        gc.fillRoundRectangle(bar.x, bar.y, Math.max(filled(bucket, bar.width), HEIGHT), HEIGHT, HEIGHT, HEIGHT);
    }
}
