// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.handlers;

import java.util.Arrays;
import java.util.stream.Stream;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;

import io.peerwerk.ui.PeerwerkUi;
import io.peerwerk.ui.internal.storage.StorageModel;
import io.peerwerk.ui.internal.storage.StorageView;

/** What is selected in the Storage view, whichever part is active. */
final class SelectedItems {
    private SelectedItems() {
    }

    static Stream<StorageModel.Stored> of(ExecutionEvent event) throws ExecutionException {
        return NodeHandler.view(event, PeerwerkUi.STORAGE_VIEW, StorageView.class).stream()
                .flatMap(view -> Arrays.stream(view.selection().toArray()))
                .filter(StorageModel.Stored.class::isInstance).map(StorageModel.Stored.class::cast);
    }
}
