// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.routing;

import java.util.function.Consumer;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;

import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.widgets.Palette;

/** The field for the id of a peer, the button that begins or ends the search, and a line that says how it stands. */
final class SearchBar extends Composite {
    private static final int STATE_WIDTH = 240;

    private final Consumer<String> find;
    private final Runnable cancel;
    private final Text field;
    private final Button button;
    private final Label state;
    private boolean running;

    /** {@code find} hears the id to look for, {@code cancel} that the search is to end. */
    SearchBar(Composite parent, Consumer<String> find, Runnable cancel) {
        super(parent, SWT.NONE);
        this.find = find;
        this.cancel = cancel;
        GridLayoutFactory.fillDefaults().numColumns(3).spacing(6, 4).applyTo(this);
        new Label(this, SWT.NONE).setText(Messages.Routing_search);
        field = new Text(this, SWT.BORDER);
        field.setMessage(Messages.Routing_searchHint);
        field.addListener(SWT.DefaultSelection, e -> find());
        field.addListener(SWT.Modify, e -> enable());
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(field);
        button = new Button(this, SWT.PUSH);
        button.setText(Messages.Routing_searchStart);
        button.addListener(SWT.Selection, e -> press());
        state = new Label(this, SWT.WRAP);
        state.setForeground(Palette.of(this).muted());
        lay(false);
        enable();
    }

    private void lay(boolean said) {
        GridDataFactory.fillDefaults().span(3, 1).grab(true, false).hint(STATE_WIDTH, SWT.DEFAULT).exclude(!said).applyTo(state);
        state.setVisible(said);
    }

    private void press() {
        if (running) {
            cancel.run();
        } else {
            find();
        }
    }

    private void find() {
        if (!field.getText().isBlank()) {
            find.accept(field.getText());
        }
    }

    /** Looks for this id, as when it is typed here. */
    void find(String id) {
        field.setText(id);
        find();
    }

    private void enable() {
        button.setEnabled(running || !field.getText().isBlank());
    }

    /** Shows how the search stands. */
    void show(PeerSearch.State now) {
        running = now instanceof PeerSearch.Running;
        String label = running ? Messages.Routing_searchStop : Messages.Routing_searchStart;
        String said = RoutingText.search(now);
        enable();
        if (!label.equals(button.getText()) || !said.equals(state.getText())) {
            button.setText(label);
            state.setText(said);
            lay(!said.isEmpty());
            getParent().layout(true, true);
        }
    }

    @Override
    public boolean setFocus() {
        return field.setFocus();
    }
}
