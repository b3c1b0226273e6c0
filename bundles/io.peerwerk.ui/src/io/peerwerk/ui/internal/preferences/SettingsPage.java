// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.preferences;

import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.preference.FieldEditorPreferencePage;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.preferences.ScopedPreferenceStore;

import io.peerwerk.node.NodeSettings;
import io.peerwerk.ui.PeerwerkUi;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.node.NodePreferences;
import io.peerwerk.ui.internal.node.NodeState;
import io.peerwerk.ui.internal.node.WorkbenchNode;
import io.peerwerk.ui.internal.storage.TransferJob;

/** A page of settings with which the node is started: it is restarted when they change. */
abstract class SettingsPage extends FieldEditorPreferencePage implements IWorkbenchPreferencePage {
    SettingsPage(String description) {
        super(GRID);
        setPreferenceStore(new ScopedPreferenceStore(InstanceScope.INSTANCE, PeerwerkUi.BUNDLE));
        setDescription(description);
    }

    @Override
    public void init(IWorkbench workbench) {
        // The store is ours, whatever the workbench.
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
            getShell().getDisplay().asyncExec(node::restart); // later than the other pages, which tell the node that runs
        }
    }
}
