// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.handlers;

import java.util.Arrays;
import java.util.stream.Stream;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;

import io.peerwerk.ui.PeerwerkUi;
import io.peerwerk.ui.internal.storage.StorageModel;
import io.peerwerk.ui.internal.storage.StorageView;
import io.peerwerk.ui.internal.storage.Transfer;

/** What is selected in the Storage view, whichever part is active. */
final class SelectedItems {
    private SelectedItems() {
    }

    static Stream<StorageModel.Stored> of(ExecutionEvent event) throws ExecutionException {
        return rows(event, StorageModel.Stored.class);
    }

    static Stream<Transfer> moving(ExecutionEvent event) throws ExecutionException {
        return rows(event, StorageModel.Moving.class).map(StorageModel.Moving::transfer);
    }

    private static <T> Stream<T> rows(ExecutionEvent event, Class<T> type) throws ExecutionException {
        return NodeHandler.view(event, PeerwerkUi.STORAGE_VIEW, StorageView.class).stream()
                .flatMap(view -> Arrays.stream(view.selection().toArray())).filter(type::isInstance).map(type::cast);
    }
}
