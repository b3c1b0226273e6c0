// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.launch;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.peerwerk.node.Node;
import io.peerwerk.node.NodeListener;
import io.peerwerk.node.NodeModule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets the offer that the node was started with, once: as soon as the storage is there for the first time. */
final class FirstOffer implements NodeListener {
    private static final Logger LOG = LoggerFactory.getLogger(FirstOffer.class);

    private final Node node;
    private final long bytes;
    private final AtomicBoolean open = new AtomicBoolean(true);

    FirstOffer(Node node, long bytes) {
        this.node = node;
        this.bytes = bytes;
    }

    @Override
    public void moduleChanged(NodeModule module, boolean present) {
        if (module == NodeModule.STORAGE && present && open.compareAndSet(true, false)) {
            try {
                node.storage().offer(bytes);
            } catch (IOException e) {
                LOG.error("the offer of {} bytes could not be set: {}", bytes, e.getMessage());
            }
        }
    }
}
