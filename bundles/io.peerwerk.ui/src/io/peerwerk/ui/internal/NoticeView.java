// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal;

import java.util.Optional;

import org.eclipse.jface.action.GroupMarker;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.viewers.Viewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.IViewSite;
import org.eclipse.ui.IWorkbenchActionConstants;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.contexts.IContextService;
import org.eclipse.ui.part.ViewPart;
import org.jspecify.annotations.Nullable;

import io.peerwerk.ui.internal.model.UiThread;
import io.peerwerk.ui.internal.node.Notice;
import io.peerwerk.ui.internal.widgets.NoticePane;
import io.peerwerk.ui.internal.widgets.SwtUiThread;

/** A view with a content, and a notice in its place while there is nothing to show. */
public abstract class NoticeView extends ViewPart {
    /** The context in which our key bindings hold: one of our views is active. */
    private static final String CONTEXT = "io.peerwerk.ui.context"; //$NON-NLS-1$

    private final String icon;
    private @Nullable IMemento memento;
    private Composite stack;
    private NoticePane notice;
    private Control content;
    private @Nullable Notice shown;
    private UiThread ui;

    /** {@code icon}: name of the icon over notices. */
    protected NoticeView(String icon) {
        this.icon = icon;
    }

    /** Makes the widgets of the content. */
    protected abstract Control createContent(Composite parent, @Nullable IMemento remembered);

    /** The user takes this way out of a notice. */
    protected void remedy(Notice.Remedy remedy) {
        // Most notices offer none.
    }

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
    }

    /** The thread of the widgets. */
    protected final UiThread ui() {
        return ui;
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

    /** Whether the widgets are gone. */
    protected final boolean disposed() {
        return stack.isDisposed();
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
}
