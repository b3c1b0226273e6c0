// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.handlers;

import java.io.IOException;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.handlers.HandlerUtil;

import io.peerwerk.node.PeerInfo;
import io.peerwerk.transport.Connection;
import io.peerwerk.ui.internal.Messages;

/** Closes every connection with the selected peer, which may come back. */
public final class DisconnectHandler extends NodeHandler {
    @Override
    protected void run(ExecutionEvent event) throws ExecutionException, IOException {
        PeerInfo peer = Adapters.adapt(HandlerUtil.getCurrentStructuredSelection(event).getFirstElement(), PeerInfo.class);
        if (peer != null) {
            node(event).host().connections().stream().filter(connection -> connection.peer().equals(peer.id()))
                    .forEach(Connection::close);
            say(event, NLS.bind(Messages.Disconnect_done, peer.id().brief()));
        }
    }
}
