// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.handlers;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;

import io.peerwerk.ui.PeerwerkUi;
import io.peerwerk.ui.internal.routing.RoutingView;

/** Looks for a peer in the Routing view; without a parameter, its field waits for the id. */
public final class FindPeerHandler extends NodeHandler {
    @Override
    protected void run(ExecutionEvent event) throws ExecutionException {
        RoutingView view = open(event, PeerwerkUi.ROUTING_VIEW, RoutingView.class);
        String peer = event.getParameter(PeerwerkUi.PEER);
        if (peer != null) {
            view.find(peer);
        }
    }
}
