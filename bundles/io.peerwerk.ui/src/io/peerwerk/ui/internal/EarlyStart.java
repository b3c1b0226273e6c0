// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal;

import org.eclipse.ui.IStartup;
import org.eclipse.ui.PlatformUI;

import io.peerwerk.ui.internal.node.NodePreferences;
import io.peerwerk.ui.internal.node.StartMode;
import io.peerwerk.ui.internal.node.WorkbenchNode;

/** Starts the node with the workbench where the user wants that. */
public final class EarlyStart implements IStartup {
    @Override
    public void earlyStartup() {
        WorkbenchNode node = PlatformUI.getWorkbench().getService(WorkbenchNode.class);
        if (node != null && new NodePreferences().startMode() == StartMode.WORKBENCH) {
            node.start();
        }
    }
}
