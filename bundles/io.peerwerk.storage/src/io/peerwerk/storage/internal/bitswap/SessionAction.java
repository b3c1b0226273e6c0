// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

import java.util.List;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.storage.Block;

/** What a {@link Session} wants done. */
public sealed interface SessionAction {

    /** Tell a peer what is wanted of it. */
    record Tell(PeerId to, boolean full, List<WantEntry> entries) implements SessionAction {
    }

    /** Hand a block to those who wanted it: its name is one they gave, and its hash is right. */
    record Deliver(Block block) implements SessionAction {
    }

    /** End the connection with a peer. */
    record Distrust(PeerId peer, String why) implements SessionAction {
    }
}
