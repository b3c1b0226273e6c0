// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.ipld;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.Block;

/** Blocks in memory, in the order in which they came, and what was asked for. */
public final class MemoryBlocks implements BlockSource, BlockSink {

    private final Map<Cid, ByteBuffer> blocks = new LinkedHashMap<>();
    private final List<Cid> asked = new ArrayList<>();

    @Override
    public ByteBuffer get(Cid cid) throws BlockMissingException {
        asked.add(cid);
        ByteBuffer data = blocks.get(cid);
        if (data == null) {
            throw new BlockMissingException(cid);
        }
        return data.duplicate();
    }

    @Override
    public void put(Block block) {
        blocks.put(block.cid(), block.data());
    }

    /** Puts a node and gives its CID. */
    public Cid put(DagPbNode node) {
        Block block = node.toBlock(1);
        put(block);
        return block.cid();
    }

    /** Puts a raw block and gives its CID. */
    public Cid putRaw(byte[] data) {
        Block block = Block.raw(data);
        put(block);
        return block.cid();
    }

    /** Puts other bytes where a block's own would be. */
    public void spoil(Cid cid, byte[] data) {
        blocks.put(cid, ByteBuffer.wrap(data));
    }

    /** The CIDs of the blocks here. */
    public List<Cid> cids() {
        return List.copyOf(blocks.keySet());
    }

    /** The CIDs asked for since the last call. */
    public List<Cid> asked() {
        List<Cid> all = List.copyOf(asked);
        asked.clear();
        return all;
    }
}
