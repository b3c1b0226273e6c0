// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.preferences;

import org.eclipse.jface.dialogs.InputDialog;
import org.eclipse.jface.preference.ListEditor;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.jspecify.annotations.Nullable;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.node.NodePreferences;

/** A list of multiaddrs. Only what is one can be entered. */
final class AddressList extends ListEditor {
    private static final int HEIGHT = 90;

    private final String question;

    AddressList(String name, String label, String question, Composite parent) {
        this.question = question;
        init(name, label);
        createControl(parent);
    }

    @Override
    protected String createList(String[] items) {
        return String.join("\n", items); //$NON-NLS-1$
    }

    @Override
    protected String[] parseString(String value) {
        return NodePreferences.lines(value).toArray(String[]::new);
    }

    @Override
    protected @Nullable String getNewInputObject() {
        InputDialog dialog = new InputDialog(getShell(), Messages.Preferences_addTitle, question, "/ip4/", AddressList::problem); //$NON-NLS-1$
        return dialog.open() == Window.OK ? dialog.getValue().strip() : null;
    }

    private static @Nullable String problem(String text) {
        try {
            Multiaddr.parse(text.strip());
            return null;
        } catch (FormatException e) {
            return e.getMessage();
        }
    }

    /** The list grows with the dialog, not with itself. */
    @Override
    protected void doFillIntoGrid(Composite parent, int columns) {
        super.doFillIntoGrid(parent, columns);
        if (getListControl(parent).getLayoutData() instanceof GridData data) {
            data.heightHint = HEIGHT;
        }
    }
}
