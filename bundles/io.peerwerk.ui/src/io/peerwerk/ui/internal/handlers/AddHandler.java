// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.handlers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;

import io.peerwerk.ui.PeerwerkUi;
import io.peerwerk.ui.internal.storage.Transfer;
import io.peerwerk.ui.internal.storage.Transfers;

/** Stores files or folders: those of the parameter, else those that the user chooses. */
abstract class AddHandler extends NodeHandler {
    protected abstract List<Path> choose(Dialogs dialogs);

    @Override
    protected final void run(ExecutionEvent event) throws ExecutionException, IOException {
        String given = event.getParameter(PeerwerkUi.PATH);
        List<Path> paths = given == null ? choose(new Dialogs(shell(event))) : List.of(Path.of(given));
        Transfers transfers = service(event, Transfers.class);
        for (Path path : paths) {
            transfers.start(new Transfer.Put(path), nodes(event));
        }
    }

    /** Files. */
    public static final class OfFiles extends AddHandler {
        @Override
        protected List<Path> choose(Dialogs dialogs) {
            return dialogs.filesToStore();
        }
    }

    /** A folder. */
    public static final class OfFolder extends AddHandler {
        @Override
        protected List<Path> choose(Dialogs dialogs) {
            return dialogs.folderToStore().stream().toList();
        }
    }
}
