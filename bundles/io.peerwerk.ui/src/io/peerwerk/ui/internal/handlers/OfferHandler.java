// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.handlers;

import java.io.IOException;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;

import io.peerwerk.ui.PeerwerkUi;
import io.peerwerk.ui.internal.contribution.ContributionView;
import io.peerwerk.ui.internal.model.ByteSize;

/** Offers as much of the disk as the parameter says; without it, shows the view with the slider. */
public final class OfferHandler extends NodeHandler {
    @Override
    protected void run(ExecutionEvent event) throws ExecutionException, IOException {
        String size = event.getParameter(PeerwerkUi.SIZE);
        if (size != null) {
            node(event).storage().offer(ByteSize.parse(size).bytes());
            return;
        }
        open(event, PeerwerkUi.CONTRIBUTION_VIEW, ContributionView.class);
    }
}
