// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.routing;

import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.widgets.Table;

import io.peerwerk.ui.internal.routing.RoutingModel.Bucket;
import io.peerwerk.ui.internal.widgets.CellBar;
import io.peerwerk.ui.internal.widgets.Palette;

/** How full a bucket is. */
final class BucketBar extends CellBar<Bucket> {
    private static final int TEXT = 64;

    private BucketBar(Table table) {
        super(Bucket.class, TEXT, table);
    }

    /** Paints bars into the column of this index, right of its text. */
    static void into(Table table, int column) {
        new BucketBar(table).paintInto(table, column);
    }

    @Override
    protected double share(Bucket bucket) {
        return bucket.share();
    }

    @Override
    protected Color colour(Bucket bucket, Palette palette) {
        return bucket.share() == 1 ? palette.good() : palette.accent();
    }
}
