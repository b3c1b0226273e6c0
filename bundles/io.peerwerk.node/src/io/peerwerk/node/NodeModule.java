// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node;

import java.util.Locale;

/** The modules a node is put together from. */
public enum NodeModule {
    /** Connections and streams: {@link io.peerwerk.transport.Host}. */
    TRANSPORT,
    /** Who is there: {@link io.peerwerk.gossip.Membership}. */
    GOSSIP,
    /** Encrypted, erasure-coded content: {@link io.peerwerk.storage.Storage}. */
    STORAGE;

    /** The name people and the command line use: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
