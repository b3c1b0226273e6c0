// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.preferences;

import org.eclipse.jface.preference.IPreferenceStore;
import org.eclipse.swt.widgets.Composite;

import io.peerwerk.node.NodeLimits;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.node.NodePreferences;

/** Who is kept out, and who alone is let in. */
public final class AccessPreferencePage extends LimitsPage {
    private static final String DENY = "deny"; //$NON-NLS-1$
    private static final String ALLOW = "allow"; //$NON-NLS-1$

    public AccessPreferencePage() {
        super(Messages.Access_description);
    }

    @Override
    protected void createFieldEditors() {
        list(DENY, Messages.Access_deny);
        list(ALLOW, Messages.Access_allow);
        addField(new Explanation(Messages.Access_allowText, 0, getFieldEditorParent()));
    }

    private void list(String key, String label) {
        Composite parent = getFieldEditorParent();
        add(new EntryList(key, label, EntryList.Kind.guest(), parent), parent);
    }

    @Override
    void write(NodeLimits limits, Texts texts) {
        texts.put(DENY, String.join("\n", limits.deny())); //$NON-NLS-1$
        texts.put(ALLOW, String.join("\n", limits.allow())); //$NON-NLS-1$
    }

    @Override
    NodeLimits.Change read(IPreferenceStore texts) {
        return new NodeLimits.Change(null, null, null, null, null, null, NodePreferences.lines(texts.getString(ALLOW)),
                NodePreferences.lines(texts.getString(DENY)));
    }
}
