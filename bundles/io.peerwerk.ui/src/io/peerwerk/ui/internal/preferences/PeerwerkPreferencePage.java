// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.preferences;

import org.eclipse.jface.preference.DirectoryFieldEditor;
import org.eclipse.jface.preference.RadioGroupFieldEditor;
import org.eclipse.swt.widgets.Composite;

import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.node.NodePreferences;
import io.peerwerk.ui.internal.node.StartMode;

/** Where the node keeps its things, where it listens, whom it asks first, and when it starts. */
public final class PeerwerkPreferencePage extends SettingsPage {
    public PeerwerkPreferencePage() {
        super(Messages.Preferences_description);
    }

    @Override
    protected void createFieldEditors() {
        Composite parent = getFieldEditorParent();
        DirectoryFieldEditor home = new DirectoryFieldEditor(NodePreferences.HOME, Messages.Preferences_home, parent) {
            @Override
            protected boolean doCheckState() {
                return true; // a directory that is not there yet is made when the node starts
            }
        };
        home.setEmptyStringAllowed(false);
        addField(home);
        addField(new EntryList(NodePreferences.LISTEN, Messages.Preferences_listen,
                EntryList.Kind.address(Messages.Preferences_listenQuestion), parent));
        addField(new EntryList(NodePreferences.BOOTSTRAP, Messages.Preferences_bootstrap,
                EntryList.Kind.address(Messages.Preferences_bootstrapQuestion), parent));
        addField(new RadioGroupFieldEditor(NodePreferences.START, Messages.Preferences_start, 1, new String[][] {
            {Messages.Preferences_startWorkbench, StartMode.WORKBENCH.key()},
            {Messages.Preferences_startView, StartMode.VIEW.key()},
            {Messages.Preferences_startManual, StartMode.MANUAL.key()}}, parent, true));
    }
}
