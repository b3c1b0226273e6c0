// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.ipld;

import java.io.IOException;
import java.nio.ByteBuffer;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.Block;

/**
 * Blocks that are what their CIDs say: too large ones and wrong ones are refused. A CID that holds its data itself (the
 * identity function, at most {@value Multihash#MAX_DIGEST} bytes) is answered without asking the source.
 *
 * @param source is asked for all others
 */
public record VerifiedBlocks(BlockSource source) implements BlockSource {

    @Override
    public ByteBuffer get(Cid cid) throws IOException {
        if (cid.hash().code() == Multihash.IDENTITY) {
            return ByteBuffer.wrap(cid.hash().digest());
        }
        ByteBuffer data = source.get(cid);
        check(cid, data);
        return data;
    }

    /** @throws FormatException if the bytes are too many for a block, or their hash is not the one in the CID */
    public static void check(Cid cid, ByteBuffer data) throws FormatException {
        if (data.remaining() > Block.MAX_BYTES) {
            throw new FormatException("block " + cid + " has " + data.remaining() + " bytes, over " + Block.MAX_BYTES);
        }
        if (!cid.hash().matches(data)) {
            throw new FormatException("the bytes of block " + cid + " are not what its CID says");
        }
    }
}
