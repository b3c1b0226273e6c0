// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.handlers;

import java.util.List;
import java.util.stream.Collectors;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;

import io.peerwerk.storage.StorageLink;
import io.peerwerk.ui.internal.Messages;

/** Puts the secret links of what is selected on the clipboard, one a line. */
public final class CopyLinkHandler extends NodeHandler {
    @Override
    protected void run(ExecutionEvent event) throws ExecutionException {
        List<StorageLink> links = SelectedItems.of(event).map(stored -> stored.item().link()).toList();
        if (!links.isEmpty()) {
            copy(event, links.stream().map(StorageLink::toString).collect(Collectors.joining("\n"))); //$NON-NLS-1$
            say(event, Messages.CopyLink_done);
        }
    }
}
