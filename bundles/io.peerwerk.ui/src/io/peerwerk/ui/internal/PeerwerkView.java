// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

import org.eclipse.jface.action.GroupMarker;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.viewers.Viewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.DirectoryDialog;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.IViewSite;
import org.eclipse.ui.IWorkbenchActionConstants;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.contexts.IContextService;
import org.eclipse.ui.dialogs.PreferencesUtil;
import org.eclipse.ui.part.ViewPart;
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
import io.peerwerk.ui.internal.widgets.NoticePane;
import io.peerwerk.ui.internal.widgets.SwtUiThread;

/**
 * The base of our views: a content, and a notice in its place while there is nothing to show. It finds the workbench's
 * node whenever that comes and starts it where the preferences say so.
 */
public abstract class PeerwerkView extends ViewPart {
    /** The context in which our key bindings hold: one of our views is active. */
    private static final String CONTEXT = "io.peerwerk.ui.context"; //$NON-NLS-1$

    private final String icon;
    private @Nullable IMemento memento;
    private Composite stack;
    private NoticePane notice;
    private Control content;
    private @Nullable Notice shown;
    private UiThread ui;
    private ServiceTracker<WorkbenchNode, WorkbenchNode> nodes;
    private @Nullable WorkbenchNode node;
    private @Nullable Registration presenter;

    /** {@code icon}: name of the icon over notices. */
    protected PeerwerkView(String icon) {
        this.icon = icon;
    }

    /** Makes the widgets of the content. */
    protected abstract Control createContent(Composite parent, @Nullable IMemento remembered);

    /** Begins to show this node; closing what is returned ends it. */
    protected abstract Registration present(WorkbenchNode source, Executor background, UiThread thread);

    @Override
    public void init(IViewSite site, @Nullable IMemento remembered) throws PartInitException {
        super.init(site, remembered);
        memento = remembered;
    }

    @Override
    public void createPartControl(Composite parent) {
        ui = new SwtUiThread(parent.getDisplay());
        stack = new Composite(parent, SWT.NONE);
        stack.setLayout(new StackLayout());
        notice = new NoticePane(stack, this::remedy);
        content = createContent(stack, memento);
        getSite().getService(IContextService.class).activateContext(CONTEXT);
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
            ui.execute(() -> connect(found));
            return found;
        }

        @Override
        public void modifiedService(ServiceReference<WorkbenchNode> reference, WorkbenchNode service) {
            // It has no properties that matter.
        }

        @Override
        public void removedService(ServiceReference<WorkbenchNode> reference, WorkbenchNode service) {
            ui.execute(PeerwerkView.this::disconnect);
            context().ungetService(reference);
        }
    }

    private void connect(WorkbenchNode found) {
        if (stack.isDisposed()) {
            return;
        }
        disconnect();
        node = found;
        if (new NodePreferences().startMode() != StartMode.MANUAL) {
            found.startOnce();
        }
        presenter = present(found, task -> Thread.ofVirtual().name(getClass().getSimpleName()).start(task), ui);
    }

    private void disconnect() {
        if (presenter != null) {
            presenter.close();
            presenter = null;
        }
        node = null;
    }

    /** Shows the notice, or the content where it is null. */
    protected void show(@Nullable Notice now) {
        shown = now;
        if (now != null) {
            notice.show(now, icon);
        }
        StackLayout layout = (StackLayout) stack.getLayout();
        Control top = now == null ? content : notice;
        if (layout.topControl != top) {
            layout.topControl = top;
            stack.layout();
        }
    }

    /** What is said in place of the content; nothing while there is content. */
    public Optional<Notice> notice() {
        return Optional.ofNullable(shown);
    }

    private void remedy(Notice.Remedy remedy) {
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

    /** Whether anybody can see the view. */
    public boolean visible() {
        return !stack.isDisposed() && getSite().getPage().isPartVisible(this);
    }

    /** Gives the viewer the context menu of this view, to which others may contribute, and makes it the selection. */
    protected void contextMenu(Viewer viewer, Control... others) {
        MenuManager menu = new MenuManager();
        menu.add(new GroupMarker(IWorkbenchActionConstants.MB_ADDITIONS));
        viewer.getControl().setMenu(menu.createContextMenu(viewer.getControl()));
        for (Control other : others) {
            other.setMenu(menu.createContextMenu(other));
        }
        getSite().registerContextMenu(menu, viewer);
        getSite().setSelectionProvider(viewer);
    }

    @Override
    public void setFocus() {
        content.setFocus();
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
