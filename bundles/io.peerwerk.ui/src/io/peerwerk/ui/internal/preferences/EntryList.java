// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.preferences;

import java.util.List;

import org.eclipse.jface.dialogs.IInputValidator;
import org.eclipse.jface.dialogs.InputDialog;
import org.eclipse.jface.preference.ListEditor;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.jspecify.annotations.Nullable;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.PeerList;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.Figures;
import io.peerwerk.ui.internal.node.NodePreferences;

/** A list of entries of one kind. Only what is one can be entered. */
final class EntryList extends ListEditor {
    private static final int HEIGHT = 90;
    /** Less than a peer id, which would push the buttons out of the dialog. */
    private static final int WIDTH = 260;

    /**
     * What is in a list.
     *
     * @param title of the dialog that asks for a new one
     * @param question of that dialog
     * @param begun what stands there at first
     * @param validator says what is wrong with it, null where nothing is
     */
    record Kind(String title, String question, String begun, IInputValidator validator) {
        /** Multiaddrs. */
        static Kind address(String question) {
            return new Kind(Messages.Preferences_addTitle, question, "/ip4/", EntryList::addressProblem); //$NON-NLS-1$
        }

        /** Peer ids, IP addresses and networks. */
        static Kind guest() {
            return new Kind(Messages.Access_addTitle, Messages.Access_question, "", EntryList::guestProblem); //$NON-NLS-1$
        }
    }

    private final Kind kind;

    EntryList(String name, String label, Kind kind, Composite parent) {
        this.kind = kind;
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
        InputDialog dialog = new InputDialog(getShell(), kind.title(), kind.question(), kind.begun(), kind.validator());
        return dialog.open() == Window.OK ? dialog.getValue().strip() : null;
    }

    private static @Nullable String addressProblem(String text) {
        try {
            Multiaddr.parse(text.strip());
            return null;
        } catch (FormatException e) {
            return e.getMessage();
        }
    }

    static @Nullable String guestProblem(String text) {
        if (text.isBlank()) {
            return ""; //$NON-NLS-1$
        }
        try {
            PeerList.parse(List.of(text.strip()));
            return null;
        } catch (FormatException e) {
            return Figures.sentence(e.getMessage());
        }
    }

    /** The list grows with the dialog, not with itself. */
    @Override
    protected void doFillIntoGrid(Composite parent, int columns) {
        super.doFillIntoGrid(parent, columns);
        if (getListControl(parent).getLayoutData() instanceof GridData data) {
            data.heightHint = HEIGHT;
            data.widthHint = WIDTH;
        }
    }
}
