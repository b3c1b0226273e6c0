// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.handlers;

import java.io.IOException;
import java.util.Optional;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;
import org.eclipse.ui.statushandlers.StatusManager;
import org.jspecify.annotations.Nullable;

import io.peerwerk.node.Node;
import io.peerwerk.ui.PeerwerkUi;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.Figures;
import io.peerwerk.ui.internal.node.WorkbenchNode;

/** What our handlers share: the node, the dialogs' shell, and one way to say that something did not work. */
abstract class NodeHandler extends AbstractHandler {
    /** What the handler does. An {@link IOException} or an {@link IllegalArgumentException} is shown to the user. */
    protected abstract void run(ExecutionEvent event) throws ExecutionException, IOException;

    @Override
    public final @Nullable Object execute(ExecutionEvent event) throws ExecutionException {
        try {
            run(event);
        } catch (IOException | IllegalArgumentException e) {
            String message = e.getMessage() == null ? e.toString() : Figures.sentence(e.getMessage());
            StatusManager.getManager().handle(new Status(IStatus.ERROR, PeerwerkUi.BUNDLE, message, e), StatusManager.SHOW);
        }
        return null;
    }

    static WorkbenchNode nodes(ExecutionEvent event) throws ExecutionException {
        return service(event, WorkbenchNode.class);
    }

    static <T> T service(ExecutionEvent event, Class<T> type) throws ExecutionException {
        return Optional.ofNullable(window(event).getService(type))
                .orElseThrow(() -> new ExecutionException(Messages.Notice_servicesTitle));
    }

    static Node node(ExecutionEvent event) throws ExecutionException, IOException {
        return nodes(event).node().orElseThrow(() -> new IOException(Messages.Transfer_noNode));
    }

    static IWorkbenchWindow window(ExecutionEvent event) throws ExecutionException {
        return HandlerUtil.getActiveWorkbenchWindowChecked(event);
    }

    static Shell shell(ExecutionEvent event) throws ExecutionException {
        return window(event).getShell();
    }

    /** The view, if the active page has it. */
    static <T extends IViewPart> Optional<T> view(ExecutionEvent event, String id, Class<T> type) throws ExecutionException {
        var page = window(event).getActivePage();
        return Optional.ofNullable(page == null ? null : page.findView(id)).filter(type::isInstance).map(type::cast);
    }

    /** Opens the view, or brings it to the front, and turns to it. */
    static <T extends IViewPart> T open(ExecutionEvent event, String id, Class<T> type) throws ExecutionException {
        try {
            return type.cast(window(event).getActivePage().showView(id));
        } catch (PartInitException e) {
            throw new ExecutionException(e.getMessage(), e);
        }
    }

    static void copy(ExecutionEvent event, String text) throws ExecutionException {
        Clipboard clipboard = new Clipboard(shell(event).getDisplay());
        try {
            clipboard.setContents(new Object[] {text}, new Transfer[] {TextTransfer.getInstance()});
        } finally {
            clipboard.dispose();
        }
    }

    /** Says in the status line of the active part what was done. */
    static void say(ExecutionEvent event, String text) {
        if (HandlerUtil.getActivePart(event) instanceof IViewPart view) {
            view.getViewSite().getActionBars().getStatusLineManager().setMessage(text);
        }
    }
}
