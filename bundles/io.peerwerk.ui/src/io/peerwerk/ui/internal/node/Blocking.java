// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.commands.operations.AbstractOperation;
import org.eclipse.core.runtime.IAdaptable;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.osgi.util.NLS;
import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.node.Node;
import io.peerwerk.node.NodeLimits;
import io.peerwerk.ui.internal.Messages;

/**
 * A peer is put on the list of those who are kept out, or taken off it. Doing and undoing each change the list of that
 * moment by this one peer, so that what was changed in between stays.
 */
public final class Blocking extends AbstractOperation {
    private final NodeSource source;
    private final PeerId peer;
    private final boolean out;
    /** Whether doing it made a difference, which undoing takes back. */
    private boolean changed;

    /** @param out whether the peer is kept out, else let in again */
    public Blocking(NodeSource source, PeerId peer, boolean out) {
        super(NLS.bind(out ? Messages.Block_name : Messages.Unblock_name, peer.brief()));
        this.source = source;
        this.peer = peer;
        this.out = out;
    }

    /** Whether these limits keep the peer out by its name. */
    public static boolean keepsOut(NodeLimits limits, PeerId peer) {
        return limits.deny().contains(peer.toString());
    }

    @Override
    public IStatus execute(@Nullable IProgressMonitor monitor, @Nullable IAdaptable info) throws ExecutionException {
        changed = put(out);
        return Status.OK_STATUS;
    }

    @Override
    public IStatus redo(@Nullable IProgressMonitor monitor, @Nullable IAdaptable info) throws ExecutionException {
        return execute(monitor, info);
    }

    @Override
    public IStatus undo(@Nullable IProgressMonitor monitor, @Nullable IAdaptable info) throws ExecutionException {
        if (changed) {
            put(!out);
        }
        return Status.OK_STATUS;
    }

    /** Whether it was not so before. */
    private boolean put(boolean kept) throws ExecutionException {
        try {
            Node node = source.node().orElseThrow(() -> new IOException(Messages.Transfer_noNode));
            if (keepsOut(node.limits(), peer) == kept) {
                return false;
            }
            List<String> deny = new ArrayList<>(node.limits().deny());
            if (kept) {
                deny.add(peer.toString());
            } else {
                deny.remove(peer.toString());
            }
            node.change(new NodeLimits.Change(null, null, null, null, null, null, null, deny));
            return true;
        } catch (IOException | IllegalArgumentException e) {
            throw new ExecutionException(e.getMessage(), e);
        }
    }
}
