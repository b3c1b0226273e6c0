// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.handlers;

import java.util.Optional;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.handlers.HandlerUtil;
import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.node.PeerInfo;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.PeerRow;

/** Puts the id of the selected peer on the clipboard. */
public final class CopyPeerHandler extends NodeHandler {
    @Override
    protected void run(ExecutionEvent event) throws ExecutionException {
        Optional<PeerId> selected = peer(HandlerUtil.getCurrentStructuredSelection(event).getFirstElement());
        if (selected.isPresent()) {
            copy(event, selected.get().toString());
            say(event, Messages.CopyPeer_done);
        }
    }

    private static Optional<PeerId> peer(@Nullable Object element) {
        return switch (element) {
            case PeerInfo info -> Optional.of(info.id());
            case PeerRow row -> Optional.of(row.peer());
            case null, default -> Optional.empty();
        };
    }
}
