// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.Block;

/** Blocks in memory. */
public final class MemoryBlocks implements BlockSource {

    private final Map<Cid, ByteBuffer> blocks = new ConcurrentHashMap<>();

    /** Takes a block, and gives it back. */
    public Block add(Block block) {
        blocks.put(block.cid(), block.data());
        return block;
    }

    /** Takes the block that follows from the numbers. */
    public Block add(long seed, int bytes) {
        return add(block(seed, bytes));
    }

    /** A block that follows from the numbers. */
    public static Block block(long seed, int bytes) {
        byte[] data = new byte[bytes];
        new Random(seed).nextBytes(data);
        return Block.raw(data);
    }

    public void remove(Cid cid) {
        blocks.remove(cid);
    }

    @Override
    public long size(Cid cid) {
        ByteBuffer data = blocks.get(cid);
        return data == null ? ABSENT : data.remaining();
    }

    @Override
    public Optional<ByteBuffer> get(Cid cid) {
        return Optional.ofNullable(blocks.get(cid)).map(ByteBuffer::duplicate);
    }
}
