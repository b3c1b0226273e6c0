// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.handlers;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;

import io.peerwerk.ui.PeerwerkUi;
import io.peerwerk.ui.internal.storage.StorageView;

/** Asks the peers anew which shards they hold. */
public final class CheckHealthHandler extends NodeHandler {
    @Override
    protected void run(ExecutionEvent event) throws ExecutionException {
        view(event, PeerwerkUi.STORAGE_VIEW, StorageView.class).ifPresent(StorageView::checkHealth);
    }
}
