// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.core.commands.ParameterizedCommand;
import org.eclipse.core.commands.common.CommandException;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.WorkbenchException;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.handlers.IHandlerService;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.node.Node;
import io.peerwerk.ui.internal.network.NetworkPresenter;
import io.peerwerk.ui.internal.network.NetworkView;
import io.peerwerk.ui.internal.node.NodePreferences;
import io.peerwerk.ui.internal.node.NodeState;
import io.peerwerk.ui.internal.node.WorkbenchNode;

/** What tests of the window share: the window itself, the node in it, commands and pictures. */
abstract class WindowTest {
    IWorkbenchWindow window;
    IWorkbenchPage page;

    /** As large as the smallest screen that many have, in our perspective as it is when it is new. */
    final void openWindow() throws WorkbenchException {
        window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
        window.getShell().setBounds(0, 0, 1286, 829); // 1280 x 800 and the frame that a window manager would add
        page = PlatformUI.getWorkbench().showPerspective(PeerwerkUi.PERSPECTIVE, window);
    }

    final void startNode(Path home) {
        new NodePreferences().home(home);
        nodes().restart();
        Loop.until("the node runs", () -> nodes().node().map(n -> n.settings().home().equals(home)).orElse(false));
        Loop.until("the node listens", () -> address() != null);
    }

    final void stopNode() {
        nodes().stop();
        Loop.until("the node stopped", () -> nodes().state() instanceof NodeState.Stopped);
    }

    static WorkbenchNode nodes() {
        return PlatformUI.getWorkbench().getService(WorkbenchNode.class);
    }

    static Node node() {
        return nodes().node().orElseThrow();
    }

    static String address() {
        return NetworkPresenter.shareableAddress(node().status()).map(Multiaddr::toString).orElse(null);
    }

    final <T extends IViewPart> T view(String id, Class<T> type) {
        try {
            return type.cast(page.showView(id));
        } catch (PartInitException e) {
            throw new AssertionError(e);
        }
    }

    final void execute(String command, String... parameters) throws CommandException {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            map.put(parameters[i], parameters[i + 1]);
        }
        window.getService(IHandlerService.class).executeCommand(ParameterizedCommand.generateCommand(
                window.getService(ICommandService.class).getCommand(command), map), null);
    }

    final String clipboard() {
        Clipboard clipboard = new Clipboard(window.getShell().getDisplay());
        try {
            return (String) clipboard.getContents(TextTransfer.getInstance());
        } finally {
            clipboard.dispose();
        }
    }

    /** A picture with this view in front of the Network view, which comes back to the front then. */
    final void screenshotInFront(String name) throws IOException {
        Screenshot.of(window.getShell()).save(name);
        view(PeerwerkUi.NETWORK_VIEW, NetworkView.class);
    }

    /** Those of a kind inside of this one, in the order of their places. */
    static <W extends Control> List<W> widgets(Control control, Class<W> type) {
        if (type.isInstance(control)) {
            return List.of(type.cast(control));
        }
        return control instanceof Composite composite
                ? Arrays.stream(composite.getChildren()).flatMap(child -> widgets(child, type).stream()).toList() : List.of();
    }
}
