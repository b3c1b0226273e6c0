// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

import java.util.List;
import java.util.Optional;

import io.peerwerk.storage.Block;

/**
 * What a message brings to the one who asked. To make one takes time, for the hashes.
 *
 * @param blocks    the blocks, each named by the hash of its bytes
 * @param unchecked blocks that were dropped, because they are too large or their hash cannot be computed
 * @param presences which blocks the sender has
 */
public record Delivery(List<Block> blocks, int unchecked, List<Presence> presences) {

    /** Computes the hashes. */
    public static Delivery of(Message message) {
        List<Block> blocks = message.blocks().stream().map(Payload::block).flatMap(Optional::stream).toList();
        return new Delivery(blocks, message.blocks().size() - blocks.size(), message.presences());
    }

    /** Whether there is nothing in it. */
    public boolean isEmpty() {
        return blocks.isEmpty() && unchecked == 0 && presences.isEmpty();
    }
}
