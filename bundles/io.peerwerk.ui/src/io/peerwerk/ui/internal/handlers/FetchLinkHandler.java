// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.handlers;

import java.io.IOException;
import java.nio.file.Path;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.jface.window.Window;

import io.peerwerk.storage.StorageLink;
import io.peerwerk.ui.PeerwerkUi;
import io.peerwerk.ui.internal.storage.Transfer;
import io.peerwerk.ui.internal.storage.Transfers;

/** Fetches what a link names that somebody shared. */
public final class FetchLinkHandler extends NodeHandler {
    @Override
    protected void run(ExecutionEvent event) throws ExecutionException, IOException {
        String link = event.getParameter(PeerwerkUi.LINK);
        String target = event.getParameter(PeerwerkUi.TARGET);
        if (link == null || target == null) {
            FetchLinkDialog dialog = new FetchLinkDialog(shell(event), link);
            if (dialog.open() != Window.OK) {
                return;
            }
            link = dialog.link();
            target = dialog.target();
        }
        StorageLink parsed = StorageLink.parse(link);
        Path to = Path.of(target);
        String name = to.getFileName() == null ? target : to.getFileName().toString();
        service(event, Transfers.class).start(new Transfer.Get(name, parsed, to, false), nodes(event));
    }
}
