// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.handlers;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.handlers.HandlerUtil;

import io.peerwerk.node.PeerInfo;
import io.peerwerk.ui.internal.Messages;

/** Puts the id of the selected peer on the clipboard. */
public final class CopyPeerHandler extends NodeHandler {
    @Override
    protected void run(ExecutionEvent event) throws ExecutionException {
        if (HandlerUtil.getCurrentStructuredSelection(event).getFirstElement() instanceof PeerInfo peer) {
            copy(event, peer.id().toString());
            say(event, Messages.CopyPeer_done);
        }
    }
}
