// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal;

import org.eclipse.ui.IStartup;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

import io.peerwerk.ui.internal.node.NodePreferences;
import io.peerwerk.ui.internal.node.StartMode;
import io.peerwerk.ui.internal.node.WorkbenchNode;

/** Starts the node with the workbench where the user wants that, whichever of the two is there first. */
public final class EarlyStart implements IStartup {
    @Override
    public void earlyStartup() {
        if (new NodePreferences().startMode() == StartMode.WORKBENCH) {
            BundleContext context = FrameworkUtil.getBundle(EarlyStart.class).getBundleContext();
            new ServiceTracker<WorkbenchNode, WorkbenchNode>(context, WorkbenchNode.class, null) {
                @Override
                public WorkbenchNode addingService(ServiceReference<WorkbenchNode> reference) {
                    WorkbenchNode node = super.addingService(reference);
                    node.startOnce();
                    return node;
                }
            }.open(); // for as long as the bundle runs
        }
    }
}
