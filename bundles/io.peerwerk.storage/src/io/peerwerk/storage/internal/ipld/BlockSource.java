// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.ipld;

import java.io.IOException;
import java.nio.ByteBuffer;

import io.peerwerk.core.multiformats.Cid;

/** Where blocks are read from. Blocks until the block is there or cannot be had. */
@FunctionalInterface
public interface BlockSource {

    /**
     * The block's bytes, from position to limit, which neither side changes from now on.
     *
     * @throws BlockMissingException where nobody asked has the block
     * @throws IOException where it cannot be read for another reason
     */
    ByteBuffer get(Cid cid) throws IOException;
}
