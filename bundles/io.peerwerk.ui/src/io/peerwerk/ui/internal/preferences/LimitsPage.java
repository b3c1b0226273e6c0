// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.preferences;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.eclipse.jface.preference.FieldEditor;
import org.eclipse.jface.preference.FieldEditorPreferencePage;
import org.eclipse.jface.preference.IPreferenceStore;
import org.eclipse.jface.preference.PreferenceStore;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;
import org.eclipse.ui.PlatformUI;
import org.jspecify.annotations.Nullable;

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
    /** Those that can be wrong. */
    private final List<CheckedField> checked = new ArrayList<>();
    /** Home of the node whose limits the fields show, null while they show none's. */
    private @Nullable Path home;
    /** What holds there, as far as the fields show it. */
    private NodeLimits.Change held = NodeLimits.Change.NOTHING;

    LimitsPage(String description) {
        super(GRID);
        setDescription(description);
        setPreferenceStore(store);
    }

    @Override
    public void init(IWorkbench workbench) {
        write(NodeLimits.NONE, store::setDefault);
        node().ifPresentOrElse(this::show, () -> setMessage(Messages.Limits_needNode, WARNING));
    }

    private void show(Node node) {
        write(node.limits(), store::setValue);
        home = node.settings().home();
        held = read(store);
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
        field.setEnabled(home != null, parent);
        addField(field);
        if (field instanceof CheckedField one) {
            checked.add(one);
        }
    }

    /** A field that is right takes the message away, whosever it is: what is wrong with another one has to stay. */
    @Override
    public void setErrorMessage(@Nullable String message) {
        super.setErrorMessage(message != null ? message
                : checked.stream().map(CheckedField::problem).filter(Objects::nonNull).findFirst().orElse(null));
    }

    /** Changes what the user has changed; what was not shown is not the user's wish. */
    @Override
    public boolean performOk() {
        try {
            super.performOk();
            NodeLimits.Change wanted = read(store);
            if (home != null && !wanted.equals(held)) {
                node().filter(node -> node.settings().home().equals(home))
                        .orElseThrow(() -> new IOException(Messages.Limits_needNode)).change(wanted);
                held = wanted;
            }
            return true;
        } catch (IOException | IllegalArgumentException e) {
            setErrorMessage(e.getMessage() == null ? e.toString() : Figures.sentence(e.getMessage()));
            return false;
        }
    }
}
