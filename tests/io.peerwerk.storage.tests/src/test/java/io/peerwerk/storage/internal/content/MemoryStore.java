// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.BlockStore;
import io.peerwerk.storage.BlockStores;
import io.peerwerk.storage.StorageException;

/** Blocks in memory, on a disk that may be full after so many of them. */
final class MemoryStore implements BlockStore, BlockStores {

    private final Map<Cid, ByteBuffer> blocks = new ConcurrentHashMap<>();
    private volatile long room = Long.MAX_VALUE;
    private volatile long quota;
    private volatile boolean broken;

    /** From now on there is room for so many blocks in all. */
    void room(long count) {
        room = count;
    }

    /** Whether it fails to tell sizes. */
    void broken(boolean now) {
        broken = now;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public BlockStore open(Path folder, long bytes) {
        quota = bytes;
        return this;
    }

    @Override
    public long size(Cid cid) {
        if (broken) {
            throw new IllegalStateException("a defect");
        }
        ByteBuffer data = blocks.get(cid);
        return data == null ? ABSENT : data.remaining();
    }

    @Override
    public Optional<ByteBuffer> get(Cid cid) {
        return Optional.ofNullable(blocks.get(cid)).map(ByteBuffer::duplicate);
    }

    @Override
    public void put(Collection<Block> more) throws StorageException {
        for (Block block : more) {
            if (blocks.size() >= room && !has(block.cid())) {
                throw new StorageException("the disk that holds the block store is full");
            }
            blocks.put(block.cid(), block.data());
        }
    }

    @Override
    public void remove(Cid cid) {
        blocks.remove(cid);
    }

    @Override
    public long used() {
        return blocks.values().stream().mapToLong(ByteBuffer::remaining).sum();
    }

    @Override
    public long blockCount() {
        return blocks.size();
    }

    @Override
    public Stream<Cid> cids() {
        return blocks.keySet().stream();
    }

    @Override
    public long quota() {
        return quota;
    }

    @Override
    public void quota(long bytes) {
        quota = bytes;
    }

    @Override
    public void close() {
        // Its blocks stay, as those on a disk do.
    }
}
