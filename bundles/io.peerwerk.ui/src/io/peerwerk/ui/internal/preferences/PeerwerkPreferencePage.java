// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.preferences;

import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.preference.DirectoryFieldEditor;
import org.eclipse.jface.preference.FieldEditorPreferencePage;
import org.eclipse.jface.preference.RadioGroupFieldEditor;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.preferences.ScopedPreferenceStore;

import io.peerwerk.node.NodeSettings;
import io.peerwerk.ui.PeerwerkUi;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.node.NodePreferences;
import io.peerwerk.ui.internal.node.NodeState;
import io.peerwerk.ui.internal.node.StartMode;
import io.peerwerk.ui.internal.node.WorkbenchNode;
import io.peerwerk.ui.internal.storage.TransferJob;

/** Where the node keeps its things, where it listens, whom it asks first, and when it starts. */
public final class PeerwerkPreferencePage extends FieldEditorPreferencePage implements IWorkbenchPreferencePage {
    public PeerwerkPreferencePage() {
        super(GRID);
        setPreferenceStore(new ScopedPreferenceStore(InstanceScope.INSTANCE, PeerwerkUi.BUNDLE));
        setDescription(Messages.Preferences_description);
    }

    @Override
    public void init(IWorkbench workbench) {
        // The store is ours, whatever the workbench.
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
        addField(new AddressList(NodePreferences.LISTEN, Messages.Preferences_listen, Messages.Preferences_listenQuestion, parent));
        addField(new AddressList(NodePreferences.BOOTSTRAP, Messages.Preferences_bootstrap,
                Messages.Preferences_bootstrapQuestion, parent));
        addField(new RadioGroupFieldEditor(NodePreferences.START, Messages.Preferences_start, 1, new String[][] {
            {Messages.Preferences_startWorkbench, StartMode.WORKBENCH.key()},
            {Messages.Preferences_startView, StartMode.VIEW.key()},
            {Messages.Preferences_startManual, StartMode.MANUAL.key()}}, parent, true));
    }

    @Override
    public boolean performOk() {
        NodeSettings before = new NodePreferences().settings();
        boolean done = super.performOk();
        if (done && !before.equals(new NodePreferences().settings())) {
            obey();
        }
        return done;
    }

    /** New settings are obeyed at once, unless that would cut off transfers that the user wants to finish. */
    private void obey() {
        WorkbenchNode node = PlatformUI.getWorkbench().getService(WorkbenchNode.class);
        if (node == null || node.state() instanceof NodeState.Stopped || node.state() instanceof NodeState.Absent) {
            return;
        }
        boolean busy = Job.getJobManager().find(TransferJob.FAMILY).length > 0;
        if (!busy || MessageDialog.openQuestion(getShell(), Messages.Preferences_busyTitle, Messages.Preferences_busyText)) {
            node.restart();
        }
    }
}
