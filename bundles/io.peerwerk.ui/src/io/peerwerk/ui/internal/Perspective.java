// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal;

import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;

import io.peerwerk.ui.PeerwerkUi;

/** The network, its routing, topics and gossip, and simulations on the left; what is stored and what is given on the right. */
public final class Perspective implements IPerspectiveFactory {
    private static final String PROGRESS_VIEW = "org.eclipse.ui.views.ProgressView"; //$NON-NLS-1$

    @Override
    public void createInitialLayout(IPageLayout layout) {
        String editors = layout.getEditorArea();
        layout.setEditorAreaVisible(false);
        var left = layout.createFolder("io.peerwerk.ui.left", IPageLayout.LEFT, 0.53f, editors); //$NON-NLS-1$
        left.addView(PeerwerkUi.NETWORK_VIEW);
        left.addView(PeerwerkUi.ROUTING_VIEW);
        left.addView(PeerwerkUi.TOPICS_VIEW);
        left.addView(PeerwerkUi.GOSSIP_VIEW);
        left.addView(PeerwerkUi.SIMULATION_VIEW);
        layout.addView(PeerwerkUi.STORAGE_VIEW, IPageLayout.TOP, 0.47f, editors);
        var below = layout.createFolder("io.peerwerk.ui.below", IPageLayout.BOTTOM, 0.42f, PeerwerkUi.STORAGE_VIEW); //$NON-NLS-1$
        below.addView(PeerwerkUi.CONTRIBUTION_VIEW);
        below.addView(PeerwerkUi.CONNECTIVITY_VIEW);
        below.addPlaceholder(PROGRESS_VIEW);
        for (String view : new String[] {PeerwerkUi.NETWORK_VIEW, PeerwerkUi.ROUTING_VIEW, PeerwerkUi.TOPICS_VIEW,
            PeerwerkUi.GOSSIP_VIEW, PeerwerkUi.SIMULATION_VIEW,
            PeerwerkUi.STORAGE_VIEW, PeerwerkUi.CONTRIBUTION_VIEW, PeerwerkUi.CONNECTIVITY_VIEW}) {
            layout.addShowViewShortcut(view);
        }
        layout.addPerspectiveShortcut(PeerwerkUi.PERSPECTIVE);
    }
}
