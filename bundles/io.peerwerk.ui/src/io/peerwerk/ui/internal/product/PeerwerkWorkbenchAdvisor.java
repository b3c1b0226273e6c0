// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.product;

import org.eclipse.ui.application.IWorkbenchConfigurer;
import org.eclipse.ui.application.IWorkbenchWindowConfigurer;
import org.eclipse.ui.application.WorkbenchAdvisor;
import org.eclipse.ui.application.WorkbenchWindowAdvisor;

import io.peerwerk.ui.PeerwerkUi;

/** The workbench of our own product: it opens with our perspective and remembers where everything was. */
public final class PeerwerkWorkbenchAdvisor extends WorkbenchAdvisor {
    @Override
    public void initialize(IWorkbenchConfigurer configurer) {
        super.initialize(configurer);
        configurer.setSaveAndRestore(true);
    }

    @Override
    public String getInitialWindowPerspectiveId() {
        return PeerwerkUi.PERSPECTIVE;
    }

    @Override
    public String getMainPreferencePageId() {
        return PeerwerkUi.PREFERENCES;
    }

    @Override
    public WorkbenchWindowAdvisor createWorkbenchWindowAdvisor(IWorkbenchWindowConfigurer configurer) {
        return new PeerwerkWindowAdvisor(configurer);
    }
}
