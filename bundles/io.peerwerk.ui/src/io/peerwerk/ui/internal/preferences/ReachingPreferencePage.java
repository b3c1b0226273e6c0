// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.preferences;

import org.eclipse.jface.preference.BooleanFieldEditor;
import org.eclipse.swt.widgets.Composite;

import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.node.NodePreferences;

/** What the node does to be reached, and so that others are. */
public final class ReachingPreferencePage extends SettingsPage {
    public ReachingPreferencePage() {
        super(Messages.Reaching_description);
    }

    @Override
    protected void createFieldEditors() {
        add(NodePreferences.PORT_MAPPING, Messages.Reaching_portMapping, Messages.Reaching_portMappingText);
        add(NodePreferences.RELAY, Messages.Reaching_relay, Messages.Reaching_relayText);
        add(NodePreferences.MDNS, Messages.Reaching_mdns, Messages.Reaching_mdnsText);
    }

    private void add(String key, String label, String meaning) {
        Composite parent = getFieldEditorParent();
        BooleanFieldEditor editor = new BooleanFieldEditor(key, label, parent);
        editor.getDescriptionControl(parent).setToolTipText(meaning);
        addField(editor);
        addField(new Explanation(meaning, Explanation.UNDER_BOX, getFieldEditorParent()));
    }
}
