// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.status;

import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CLabel;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.menus.WorkbenchWindowControlContribution;
import org.eclipse.ui.statushandlers.StatusManager;
import org.jspecify.annotations.Nullable;

import io.peerwerk.core.Registration;
import io.peerwerk.ui.PeerwerkUi;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.node.WorkbenchNode;
import io.peerwerk.ui.internal.widgets.Icons;
import io.peerwerk.ui.internal.widgets.SwtUiThread;

/** How many peers there are and whether others reach this one, in the status line; a click shows them. */
public final class PeerCountControl extends WorkbenchWindowControlContribution {
    /** Wide enough for what is said at most times, so that the line does not jump. */
    private static final int WIDTH = 170;

    private @Nullable Registration presenter;

    @Override
    protected Control createControl(Composite parent) {
        Composite box = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().margins(4, 0).applyTo(box);
        CLabel label = new CLabel(box, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, true).align(SWT.FILL, SWT.CENTER).hint(WIDTH, SWT.DEFAULT).applyTo(label);
        label.setImage(new Icons(label).get("network")); //$NON-NLS-1$
        label.setText(Messages.Status_stopped);
        IWorkbenchWindow window = getWorkbenchWindow();
        label.addListener(SWT.MouseUp, e -> open(window));
        WorkbenchNode node = PlatformUI.getWorkbench().getService(WorkbenchNode.class);
        if (node != null) {
            presenter = new PeerCountPresenter(node, count -> show(label, count),
                    task -> Thread.ofVirtual().name("peer-count").start(task), new SwtUiThread(label.getDisplay())); //$NON-NLS-1$
        }
        return box;
    }

    private static void show(CLabel label, PeerCountPresenter.Count count) {
        if (!label.isDisposed()) {
            label.setText(count.text());
            label.setToolTipText(count.tooltip());
        }
    }

    private static void open(IWorkbenchWindow window) {
        try {
            window.getActivePage().showView(PeerwerkUi.NETWORK_VIEW);
        } catch (PartInitException e) {
            StatusManager.getManager().handle(new Status(IStatus.ERROR, PeerwerkUi.BUNDLE, e.getMessage(), e), StatusManager.SHOW);
        }
    }

    @Override
    public void dispose() {
        if (presenter != null) {
            presenter.close();
            presenter = null;
        }
        super.dispose();
    }
}
