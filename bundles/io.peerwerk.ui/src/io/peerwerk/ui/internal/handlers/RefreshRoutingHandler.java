// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.handlers;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;

import io.peerwerk.ui.PeerwerkUi;
import io.peerwerk.ui.internal.routing.RoutingView;

/** Looks at the routing tables now. */
public final class RefreshRoutingHandler extends NodeHandler {
    @Override
    protected void run(ExecutionEvent event) throws ExecutionException {
        view(event, PeerwerkUi.ROUTING_VIEW, RoutingView.class).ifPresent(RoutingView::refresh);
    }
}
