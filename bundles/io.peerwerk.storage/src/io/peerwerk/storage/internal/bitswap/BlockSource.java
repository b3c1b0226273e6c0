// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.BlockStore;
import io.peerwerk.storage.internal.ipld.EitherVersion;

/** The blocks that this peer gives to others. */
public interface BlockSource {

    /** The size of a block that is not here. */
    long ABSENT = BlockStore.ABSENT;

    /** Bytes of a block, or {@link #ABSENT}. Asked often: answered from memory. */
    long size(Cid cid);

    /** The block's bytes, which are what its CID says; empty if it is not here. */
    Optional<ByteBuffer> get(Cid cid) throws IOException;

    /** All blocks of a store, under both names where a block may have two. */
    static BlockSource of(BlockStore store) {
        return new BlockSource() {
            @Override
            public long size(Cid cid) {
                return EitherVersion.size(store, cid);
            }

            @Override
            public Optional<ByteBuffer> get(Cid cid) throws IOException {
                return EitherVersion.get(store, cid);
            }
        };
    }
}
