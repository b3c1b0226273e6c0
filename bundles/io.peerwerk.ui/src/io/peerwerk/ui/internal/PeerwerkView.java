// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;

import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.DirectoryDialog;
import org.eclipse.ui.dialogs.PreferencesUtil;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

import io.peerwerk.core.Registration;
import io.peerwerk.ui.PeerwerkUi;
import io.peerwerk.ui.internal.model.UiThread;
import io.peerwerk.ui.internal.node.NodePreferences;
import io.peerwerk.ui.internal.node.Notice;
import io.peerwerk.ui.internal.node.StartMode;
import io.peerwerk.ui.internal.node.WorkbenchNode;

/**
 * The base of the views on the node. It finds the workbench's node whenever that comes and starts it where the
 * preferences say so.
 */
public abstract class PeerwerkView extends NoticeView {
    private ServiceTracker<WorkbenchNode, WorkbenchNode> nodes;
    private @Nullable WorkbenchNode node;
    private @Nullable Registration presenter;

    /** {@code icon}: name of the icon over notices. */
    protected PeerwerkView(String icon) {
        super(icon);
    }

    /** Begins to show this node; closing what is returned ends it. */
    protected abstract Registration present(WorkbenchNode source, Executor background, UiThread thread);

    @Override
    public void createPartControl(Composite parent) {
        super.createPartControl(parent);
        show(new Notice(Messages.Notice_servicesTitle, Messages.Notice_servicesText, List.of()));
        nodes = new ServiceTracker<>(context(), WorkbenchNode.class, new Following());
        nodes.open();
    }

    private static BundleContext context() {
        return FrameworkUtil.getBundle(PeerwerkView.class).getBundleContext();
    }

    private final class Following implements ServiceTrackerCustomizer<WorkbenchNode, WorkbenchNode> {
        @Override
        public WorkbenchNode addingService(ServiceReference<WorkbenchNode> reference) {
            WorkbenchNode found = context().getService(reference);
            ui().execute(() -> connect(found));
            return found;
        }

        @Override
        public void modifiedService(ServiceReference<WorkbenchNode> reference, WorkbenchNode service) {
            // It has no properties that matter.
        }

        @Override
        public void removedService(ServiceReference<WorkbenchNode> reference, WorkbenchNode service) {
            ui().execute(PeerwerkView.this::disconnect);
            context().ungetService(reference);
        }
    }

    private void connect(WorkbenchNode found) {
        if (disposed()) {
            return;
        }
        disconnect();
        node = found;
        if (new NodePreferences().startMode() != StartMode.MANUAL) {
            found.startOnce();
        }
        presenter = present(found, task -> Thread.ofVirtual().name(getClass().getSimpleName()).start(task), ui());
    }

    private void disconnect() {
        if (presenter != null) {
            presenter.close();
            presenter = null;
        }
        node = null;
    }

    @Override
    protected final void remedy(Notice.Remedy remedy) {
        switch (remedy) {
            case START, RETRY -> start();
            case CHOOSE_HOME -> chooseHome();
            case PREFERENCES -> PreferencesUtil.createPreferenceDialogOn(getSite().getShell(), PeerwerkUi.PREFERENCES,
                    null, null).open();
        }
    }

    private void start() {
        if (node != null) {
            node.start();
        }
    }

    private void chooseHome() {
        DirectoryDialog dialog = new DirectoryDialog(getSite().getShell());
        dialog.setText(Messages.Home_title);
        dialog.setMessage(Messages.Home_text);
        String chosen = dialog.open();
        if (chosen != null) {
            new NodePreferences().home(Path.of(chosen));
            start();
        }
    }

    @Override
    public void dispose() {
        disconnect();
        if (nodes != null) {
            nodes.close();
        }
        super.dispose();
    }
}
