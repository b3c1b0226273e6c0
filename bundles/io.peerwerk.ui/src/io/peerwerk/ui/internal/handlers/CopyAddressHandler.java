// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.handlers;

import java.io.IOException;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.network.NetworkPresenter;

/** Puts the address under which others reach this node on the clipboard. */
public final class CopyAddressHandler extends NodeHandler {
    @Override
    protected void run(ExecutionEvent event) throws ExecutionException, IOException {
        Multiaddr address = NetworkPresenter.shareableAddress(node(event).status())
                .orElseThrow(() -> new IOException(Messages.CopyAddress_none));
        copy(event, address.toString());
        say(event, Messages.CopyAddress_done);
    }
}
