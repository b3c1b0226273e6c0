// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.handlers;

import java.io.IOException;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.commands.operations.IUndoableOperation;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.handlers.HandlerUtil;

import io.peerwerk.node.PeerInfo;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.node.Blocking;

/** Keeps the selected peer out, or lets it in again; either way it can be undone. */
abstract class BlockHandler extends NodeHandler {
    private final boolean out;
    private final String done;

    private BlockHandler(boolean out, String done) {
        this.out = out;
        this.done = done;
    }

    @Override
    protected void run(ExecutionEvent event) throws ExecutionException, IOException {
        PeerInfo peer = Adapters.adapt(HandlerUtil.getCurrentStructuredSelection(event).getFirstElement(), PeerInfo.class);
        if (peer != null) {
            IWorkbench workbench = window(event).getWorkbench();
            IUndoableOperation operation = new Blocking(nodes(event), peer.id(), out);
            operation.addContext(workbench.getOperationSupport().getUndoContext());
            if (workbench.getOperationSupport().getOperationHistory().execute(operation, null, null).isOK()) {
                say(event, NLS.bind(done, peer.id().brief()));
            }
        }
    }

    /** Out. */
    public static final class Block extends BlockHandler {
        public Block() {
            super(true, Messages.Block_done);
        }
    }

    /** In again. */
    public static final class Unblock extends BlockHandler {
        public Unblock() {
            super(false, Messages.Unblock_done);
        }
    }
}
