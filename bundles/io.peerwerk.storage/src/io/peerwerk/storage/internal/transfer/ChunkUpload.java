// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.internal.exchange.Answers.PutResult;
import io.peerwerk.storage.internal.placement.Spread;

/** The shards of one chunk on their way: each goes to a holder, or to another one if that does not take it. */
public final class ChunkUpload {

    private final Spread spread;
    private final PutLanes lanes;
    private final IntConsumer done;
    private final ReentrantLock lock = new ReentrantLock();
    private int pending;
    private int stored;

    /**
     * @param spread chooses the holders
     * @param done told once how many shards are stored, when none is under way any more
     */
    public ChunkUpload(Spread spread, PutLanes lanes, IntConsumer done) {
        this.spread = spread;
        this.lanes = lanes;
        this.done = done;
    }

    /** Sends the shards; call once. */
    public void start(List<Block> shards) {
        pending = shards.size();
        if (shards.isEmpty()) {
            done.accept(0);
        }
        shards.forEach(this::send);
    }

    private void send(Block shard) {
        Optional<PeerId> holder = spread.next(lanes::usable);
        if (holder.isPresent()) {
            lanes.send(holder.get(), shard, result -> answered(shard, holder.get(), result));
        } else {
            settled(0);
        }
    }

    private void answered(Block shard, PeerId holder, PutResult result) {
        if (result == PutResult.STORED) {
            settled(1);
        } else {
            spread.refused(holder);
            send(shard);
        }
    }

    private void settled(int count) {
        boolean last;
        lock.lock();
        try {
            stored += count;
            pending--;
            last = pending == 0;
        } finally {
            lock.unlock();
        }
        if (last) {
            done.accept(stored);
        }
    }
}
