// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.network;

import org.eclipse.core.expressions.PropertyTester;
import org.eclipse.ui.PlatformUI;

import io.peerwerk.node.PeerInfo;
import io.peerwerk.ui.internal.node.Blocking;
import io.peerwerk.ui.internal.node.WorkbenchNode;

/** Whether a peer is {@code connected} or {@code blocked}: its menu offers what can be done about it. */
public final class PeerTester extends PropertyTester {
    @Override
    public boolean test(Object receiver, String property, Object[] arguments, Object expected) {
        if (!(receiver instanceof PeerInfo peer)) {
            return false;
        }
        return switch (property) {
            case "connected" -> peer.connected(); //$NON-NLS-1$
            case "blocked" -> { //$NON-NLS-1$
                WorkbenchNode nodes = PlatformUI.getWorkbench().getService(WorkbenchNode.class);
                yield nodes != null && nodes.node().map(node -> Blocking.keepsOut(node.limits(), peer.id())).orElse(false);
            }
            default -> false;
        };
    }
}
