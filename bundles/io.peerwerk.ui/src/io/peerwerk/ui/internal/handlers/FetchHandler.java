// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.handlers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;

import io.peerwerk.storage.StoredItem;
import io.peerwerk.ui.PeerwerkUi;
import io.peerwerk.ui.internal.storage.StorageModel;
import io.peerwerk.ui.internal.storage.Transfer;
import io.peerwerk.ui.internal.storage.Transfers;

/**
 * Fetches what is selected. One file is asked a name for; of several things, or a folder, only where to put them under
 * their own names.
 */
public final class FetchHandler extends NodeHandler {
    @Override
    protected void run(ExecutionEvent event) throws ExecutionException, IOException {
        List<StoredItem> items = SelectedItems.of(event).map(StorageModel.Stored::item).toList();
        if (items.isEmpty()) {
            return;
        }
        String given = event.getParameter(PeerwerkUi.TARGET);
        if (given != null) {
            fetch(event, items.getFirst(), Path.of(given), false);
        } else if (items.size() == 1 && !items.getFirst().folder()) {
            Optional<Path> target = new Dialogs(shell(event)).fileToWrite(items.getFirst().name());
            if (target.isPresent()) {
                fetch(event, items.getFirst(), target.get(), true);
            }
        } else {
            Optional<Path> folder = new Dialogs(shell(event)).folderToWrite();
            for (StoredItem item : folder.isPresent() ? items : List.<StoredItem>of()) {
                fetch(event, item, folder.get().resolve(item.name()), false);
            }
        }
    }

    private static void fetch(ExecutionEvent event, StoredItem item, Path target, boolean replace) throws ExecutionException {
        service(event, Transfers.class).start(new Transfer.Get(item.name(), item.link(), target, replace), nodes(event));
    }
}
