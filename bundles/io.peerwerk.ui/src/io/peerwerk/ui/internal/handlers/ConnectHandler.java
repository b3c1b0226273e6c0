// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.handlers;

import java.io.IOException;
import java.util.List;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.jface.dialogs.InputDialog;
import org.eclipse.jface.window.Window;
import org.eclipse.osgi.util.NLS;
import org.jspecify.annotations.Nullable;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.ui.PeerwerkUi;
import io.peerwerk.ui.internal.Messages;

/** Joins the network of a peer whose address the user got from a friend. */
public final class ConnectHandler extends NodeHandler {
    @Override
    protected void run(ExecutionEvent event) throws ExecutionException, IOException {
        String address = event.getParameter(PeerwerkUi.ADDRESS);
        if (address == null) {
            InputDialog dialog = new InputDialog(shell(event), Messages.Connect_title, Messages.Connect_text, "", //$NON-NLS-1$
                    ConnectHandler::problem);
            if (dialog.open() != Window.OK) {
                return;
            }
            address = dialog.getValue();
        }
        node(event).membership().join(List.of(Multiaddr.parse(address.strip())));
        say(event, NLS.bind(Messages.Connect_done, address.strip()));
    }

    private static @Nullable String problem(String text) {
        try {
            Multiaddr.parse(text.strip());
            return null;
        } catch (FormatException e) {
            return text.isBlank() ? "" : e.getMessage(); //$NON-NLS-1$
        }
    }
}
