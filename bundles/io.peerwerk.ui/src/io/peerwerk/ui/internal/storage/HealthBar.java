// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.storage;

import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.widgets.Table;

import io.peerwerk.ui.internal.storage.StorageModel.Moving;
import io.peerwerk.ui.internal.storage.StorageModel.Row;
import io.peerwerk.ui.internal.storage.StorageModel.Stored;
import io.peerwerk.ui.internal.widgets.CellBar;
import io.peerwerk.ui.internal.widgets.Palette;

/**
 * For a stored item the share of shards that can be reached, with a mark where reading ends; for a transfer how far it
 * is.
 */
final class HealthBar extends CellBar<Row> {
    private static final int TEXT = 76;

    private HealthBar(Table table) {
        super(Row.class, TEXT, table);
    }

    /** Paints bars into the column of this index, right of its text. */
    static void into(Table table, int column) {
        new HealthBar(table).paintInto(table, column);
    }

    @Override
    protected double share(Row row) {
        return switch (row) {
            case Moving moving -> moving.state().total() == 0 ? 0
                    : Math.clamp((double) moving.state().done() / moving.state().total(), 0, 1);
            case Stored stored -> stored.health().share();
        };
    }

    @Override
    protected double mark(Row row) {
        return row instanceof Stored stored ? stored.health().needed() : 0;
    }

    @Override
    protected Color colour(Row row, Palette palette) {
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
