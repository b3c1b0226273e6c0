// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

import java.nio.ByteBuffer;
import java.util.Optional;

import io.peerwerk.storage.Block;

/**
 * A block in a message.
 *
 * @param prefix what its CID is, but for the digest
 * @param data   its bytes, from position to limit; shared, and never changed
 */
public record Payload(Prefix prefix, ByteBuffer data) {

    /** Takes a view of the bytes. */
    public Payload {
        data = data.slice();
    }

    /** A block to send. */
    public static Payload of(Block block) {
        return new Payload(Prefix.of(block.cid()), block.data());
    }

    @Override
    public ByteBuffer data() {
        return data.duplicate();
    }

    /**
     * The block, named by what its bytes hash to: so it is what its name says, whoever sent it. Empty if it is too
     * large for a block, or its hash cannot be computed.
     */
    public Optional<Block> block() {
        return data.remaining() > Block.MAX_BYTES ? Optional.empty()
                : prefix.cid(data()).map(cid -> new Block(cid, data()));
    }
}
