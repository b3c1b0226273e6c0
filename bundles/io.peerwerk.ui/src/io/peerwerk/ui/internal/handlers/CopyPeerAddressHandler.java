// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.handlers;

import java.io.IOException;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.handlers.HandlerUtil;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.PeerRow;

/** Puts an address of the selected peer on the clipboard, with its id, as one connects to it. */
public final class CopyPeerAddressHandler extends NodeHandler {
    @Override
    protected void run(ExecutionEvent event) throws ExecutionException, IOException {
        if (HandlerUtil.getCurrentStructuredSelection(event).getFirstElement() instanceof PeerRow row) {
            Multiaddr address = row.addresses().stream().findFirst()
                    .orElseThrow(() -> new IOException(Messages.CopyPeerAddress_none));
            copy(event, address.withPeer(row.peer()).toString());
            say(event, Messages.CopyPeerAddress_done);
        }
    }
}
