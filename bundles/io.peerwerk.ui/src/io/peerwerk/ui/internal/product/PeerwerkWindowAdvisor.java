// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.product;

import org.eclipse.swt.graphics.Point;
import org.eclipse.ui.application.ActionBarAdvisor;
import org.eclipse.ui.application.IActionBarConfigurer;
import org.eclipse.ui.application.IWorkbenchWindowConfigurer;
import org.eclipse.ui.application.WorkbenchWindowAdvisor;

import io.peerwerk.ui.internal.Messages;

/** A window that shows what is needed and no more: menu, views, status line with progress. */
final class PeerwerkWindowAdvisor extends WorkbenchWindowAdvisor {
    private static final Point SIZE = new Point(1280, 800);

    PeerwerkWindowAdvisor(IWorkbenchWindowConfigurer configurer) {
        super(configurer);
    }

    @Override
    public ActionBarAdvisor createActionBarAdvisor(IActionBarConfigurer configurer) {
        return new PeerwerkActionBarAdvisor(configurer);
    }

    @Override
    public void preWindowOpen() {
        IWorkbenchWindowConfigurer window = getWindowConfigurer();
        window.setTitle(Messages.Product_title);
        window.setInitialSize(SIZE);
        window.setShowCoolBar(false);
        window.setShowPerspectiveBar(false);
        window.setShowStatusLine(true);
        window.setShowProgressIndicator(true);
    }
}
