// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.preferences;

import java.io.IOException;
import java.util.Optional;

import org.eclipse.jface.preference.FieldEditor;
import org.eclipse.jface.preference.FieldEditorPreferencePage;
import org.eclipse.jface.preference.IPreferenceStore;
import org.eclipse.jface.preference.PreferenceStore;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;
import org.eclipse.ui.PlatformUI;

import io.peerwerk.node.Node;
import io.peerwerk.node.NodeLimits;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.Figures;
import io.peerwerk.ui.internal.node.WorkbenchNode;

/**
 * A page of what the network may cost the node. The node keeps that in its home and obeys changes at once, without a
 * restart; so the page shows and changes what holds in the node that runs, and can do neither while none does.
 */
abstract class LimitsPage extends FieldEditorPreferencePage implements IWorkbenchPreferencePage {
    /** Holds what the fields say; the node keeps it. */
    private final PreferenceStore store = new PreferenceStore() {
        @Override
        public boolean needsSaving() {
            return false;
        }
    };

    LimitsPage(String description) {
        super(GRID);
        setDescription(description);
        setPreferenceStore(store);
    }

    @Override
    public void init(IWorkbench workbench) {
        write(NodeLimits.NONE, store::setDefault);
        node().ifPresentOrElse(node -> write(node.limits(), store::setValue),
                () -> setMessage(Messages.Limits_needNode, WARNING));
    }

    /** Where a page writes texts to: the values or the defaults of a store. */
    @FunctionalInterface
    interface Texts {
        void put(String key, String text);
    }

    /** Writes what the fields show of these limits. */
    abstract void write(NodeLimits limits, Texts texts);

    /** What the fields say. May throw an {@link IllegalArgumentException} with a sentence for the user. */
    abstract NodeLimits.Change read(IPreferenceStore texts);

    private static Optional<Node> node() {
        WorkbenchNode nodes = PlatformUI.getWorkbench().getService(WorkbenchNode.class);
        return nodes == null ? Optional.empty() : nodes.node();
    }

    /** Adds a field, which cannot be changed while there is no node that would hear of it. */
    void add(FieldEditor field, Composite parent) {
        field.setEnabled(node().isPresent(), parent);
        addField(field);
    }

    @Override
    public boolean performOk() {
        Optional<Node> node = node();
        if (node.isEmpty()) {
            return true;
        }
        try {
            super.performOk();
            node.get().change(read(store));
            return true;
        } catch (IOException | IllegalArgumentException e) {
            setErrorMessage(e.getMessage() == null ? e.toString() : Figures.sentence(e.getMessage()));
            return false;
        }
    }
}
