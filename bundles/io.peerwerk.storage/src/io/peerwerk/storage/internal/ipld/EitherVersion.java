// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.ipld;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.storage.BlockStore;

/**
 * Looks for blocks under both names that one may have: a dag-pb block with a hash of SHA2-256 has a CID of version 0 and
 * one of version 1, and a store knows it by the one under which it came.
 */
public final class EitherVersion {

    private EitherVersion() {
    }

    /** The name of the same block in the other version, if there is one. */
    public static Optional<Cid> other(Cid cid) {
        Multihash hash = cid.hash();
        if (cid.codec() != Cid.DAG_PB || hash.code() != Multihash.SHA2_256) {
            return Optional.empty();
        }
        return Optional.of(cid.version() == 0 ? Cid.v1(Cid.DAG_PB, hash) : Cid.v0(hash));
    }

    /** Bytes of a block that is here under one of its names, or {@link BlockStore#ABSENT}; from memory. */
    public static long size(BlockStore store, Cid cid) {
        long size = store.size(cid);
        return size != BlockStore.ABSENT ? size : other(cid).map(store::size).orElse(BlockStore.ABSENT);
    }

    /** The bytes of a block that is here under one of its names. */
    public static Optional<ByteBuffer> get(BlockStore store, Cid cid) throws IOException {
        Optional<ByteBuffer> found = store.get(cid);
        Optional<Cid> other = found.isPresent() ? Optional.empty() : other(cid);
        return other.isPresent() ? store.get(other.get()) : found;
    }
}
