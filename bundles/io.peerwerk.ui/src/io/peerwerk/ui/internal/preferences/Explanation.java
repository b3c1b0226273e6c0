// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.preferences;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.preference.FieldEditor;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;

import io.peerwerk.ui.internal.widgets.Palette;

/** A few words under a field, which stores nothing. */
final class Explanation extends FieldEditor {
    private static final int WIDTH = 380;

    /** Under the words of a check box. */
    static final int UNDER_BOX = 22;

    private final String words;
    private final int indent;
    private Label label;

    Explanation(String words, int indent, Composite parent) {
        this.words = words;
        this.indent = indent;
        createControl(parent);
    }

    @Override
    protected void doFillIntoGrid(Composite parent, int columns) {
        label = new Label(parent, SWT.WRAP);
        label.setText(words);
        label.setForeground(Palette.of(parent).muted());
        fill(columns);
    }

    private void fill(int columns) {
        GridDataFactory.fillDefaults().span(columns, 1).grab(true, false).indent(indent, 0).hint(WIDTH, SWT.DEFAULT)
                .applyTo(label);
    }

    @Override
    protected void adjustForNumColumns(int columns) {
        fill(columns);
    }

    @Override
    public int getNumberOfControls() {
        return 1;
    }

    @Override
    protected void doLoad() {
        // Nothing to load.
    }

    @Override
    protected void doLoadDefault() {
        // Nothing to load.
    }

    @Override
    protected void doStore() {
        // Nothing to store.
    }
}
