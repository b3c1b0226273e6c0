// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal;

import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;

/** Lays out the perspective in which a user stores, finds and shares data. */
public final class Perspective implements IPerspectiveFactory {

    static final String ID = "io.peerwerk.ui.perspective";

    @Override
    public void createInitialLayout(IPageLayout layout) {
        layout.setEditorAreaVisible(false);
    }
}
