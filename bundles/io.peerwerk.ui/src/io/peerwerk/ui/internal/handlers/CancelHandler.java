// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.handlers;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;

import io.peerwerk.ui.internal.storage.Transfers;

/** Stops the transfers that are selected. */
public final class CancelHandler extends NodeHandler {
    @Override
    protected void run(ExecutionEvent event) throws ExecutionException {
        SelectedItems.moving(event).forEach(service(event, Transfers.class)::cancel);
    }
}
