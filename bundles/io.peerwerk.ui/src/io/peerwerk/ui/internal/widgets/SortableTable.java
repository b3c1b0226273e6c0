// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.widgets;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.CellLabelProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnViewerToolTipSupport;
import org.eclipse.jface.viewers.IElementComparer;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.jface.viewers.Viewer;
import org.eclipse.jface.viewers.ViewerComparator;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.ui.IMemento;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows keep selection and place when a new model arrives, whose columns sort on a click, and which
 * remembers widths and order.
 *
 * @param <E> the type of the rows
 */
public final class SortableTable<E> {
    private static final String WIDTH = "width."; //$NON-NLS-1$
    private static final String SORT = "sort"; //$NON-NLS-1$
    private static final String DESCENDING = "descending"; //$NON-NLS-1$

    private final TableViewer viewer;
    private final Class<E> type;
    private final List<Comparator<? super E>> orders = new ArrayList<>();
    private final Map<Integer, Function<E, Color>> colours = new HashMap<>();
    private List<E> rows = List.of();

    /**
     * @param identity what makes a row the same one when its figures change; with equality
     */
    public SortableTable(Composite parent, int style, Class<E> type, Function<E, ?> identity) {
        this.type = type;
        viewer = new TableViewer(parent, style | SWT.FULL_SELECTION | SWT.H_SCROLL | SWT.V_SCROLL);
        viewer.setUseHashlookup(true);
        viewer.setComparer(new Identity(identity));
        viewer.setContentProvider(ArrayContentProvider.getInstance());
        viewer.setComparator(new Order());
        viewer.getTable().setHeaderVisible(true);
        ColumnViewerToolTipSupport.enableFor(viewer);
    }

    /** Adds a column of text, perhaps with an image, and a tooltip for its cells; {@code order} sorts on a click. */
    public SortableTable<E> column(String title, int width, Function<E, String> text, Function<E, @Nullable Image> image,
            Function<E, String> tooltip, Comparator<? super E> order) {
        int number = orders.size();
        return column(title, width, new ColumnLabelProvider() {
            @Override
            public @Nullable Color getForeground(Object element) {
                Function<E, Color> colour = colours.get(number);
                return colour == null ? null : colour.apply(type.cast(element));
            }

            @Override
            public String getText(Object element) {
                return text.apply(type.cast(element));
            }

            @Override
            public @Nullable Image getImage(Object element) {
                return image.apply(type.cast(element));
            }

            @Override
            public String getToolTipText(Object element) {
                return tooltip.apply(type.cast(element));
            }
        }, order);
    }

    /** Colours the text of a column; what it says must be told by the text or an image, too. */
    public SortableTable<E> colour(int column, Function<E, Color> colour) {
        colours.put(column, colour);
        return this;
    }

    private SortableTable<E> column(String title, int width, CellLabelProvider labels, Comparator<? super E> order) {
        TableViewerColumn column = new TableViewerColumn(viewer, SWT.NONE);
        TableColumn widget = column.getColumn();
        widget.setText(title);
        widget.setWidth(width);
        widget.setMoveable(true);
        column.setLabelProvider(labels);
        orders.add(order);
        widget.addListener(SWT.Selection, e -> sortBy(widget));
        return this;
    }

    private void sortBy(TableColumn column) {
        Table table = viewer.getTable();
        boolean again = table.getSortColumn() == column;
        table.setSortDirection(again && table.getSortDirection() == SWT.UP ? SWT.DOWN : SWT.UP);
        table.setSortColumn(column);
        viewer.refresh(false);
    }

    /** Sorts by the column of this index. */
    public void sort(int column, boolean descending) {
        Table table = viewer.getTable();
        table.setSortColumn(table.getColumn(column));
        table.setSortDirection(descending ? SWT.DOWN : SWT.UP);
        viewer.refresh(false);
    }

    /** Shows these rows; nothing happens where they are the ones that are shown. */
    public void show(List<E> next) {
        if (next.equals(rows) && viewer.getInput() != null) {
            return;
        }
        rows = List.copyOf(next);
        var selection = viewer.getStructuredSelection();
        Table table = viewer.getTable();
        int top = table.getTopIndex();
        table.setRedraw(false);
        try {
            viewer.setInput(rows);
            viewer.setSelection(selection);
            table.setTopIndex(top);
        } finally {
            table.setRedraw(true);
        }
    }

    /** The rows shown, in the order of the model. */
    public List<E> rows() {
        return rows;
    }

    public TableViewer viewer() {
        return viewer;
    }

    public void save(IMemento memento) {
        Table table = viewer.getTable();
        for (int i = 0; i < table.getColumnCount(); i++) {
            memento.putInteger(WIDTH + i, table.getColumn(i).getWidth());
        }
        if (table.getSortColumn() != null) {
            memento.putInteger(SORT, table.indexOf(table.getSortColumn()));
            memento.putBoolean(DESCENDING, table.getSortDirection() == SWT.DOWN);
        }
    }

    public void restore(@Nullable IMemento memento) {
        if (memento == null) {
            return;
        }
        Table table = viewer.getTable();
        for (int i = 0; i < table.getColumnCount(); i++) {
            Integer width = memento.getInteger(WIDTH + i);
            if (width != null && width > 0) {
                table.getColumn(i).setWidth(width);
            }
        }
        Integer sorted = memento.getInteger(SORT);
        if (sorted != null && sorted >= 0 && sorted < table.getColumnCount()) {
            sort(sorted, Boolean.TRUE.equals(memento.getBoolean(DESCENDING)));
        }
    }

    private final class Order extends ViewerComparator {
        @Override
        public int compare(Viewer unused, @Nullable Object first, @Nullable Object second) {
            Table table = viewer.getTable();
            if (table.getSortColumn() == null) {
                return 0;
            }
            Comparator<? super E> order = orders.get(table.indexOf(table.getSortColumn()));
            int result = order.compare(type.cast(first), type.cast(second));
            return table.getSortDirection() == SWT.DOWN ? -result : result;
        }
    }

    private final class Identity implements IElementComparer {
        private final Function<E, ?> of;

        Identity(Function<E, ?> of) {
            this.of = of;
        }

        @Override
        public boolean equals(Object a, Object b) {
            return Objects.equals(key(a), key(b));
        }

        @Override
        public int hashCode(Object element) {
            return Objects.hashCode(key(element));
        }

        private @Nullable Object key(Object element) {
            return type.isInstance(element) ? of.apply(type.cast(element)) : element;
        }
    }
}
