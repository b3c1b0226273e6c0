// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.internal.exchange.Answers.PutResult;
import org.jspecify.annotations.Nullable;

/** Puts copies of one block on several peers: the first ones in rank, and for each that does not take it the next. */
public final class Replicas {

    private final PutLanes lanes;
    private final Block block;
    private final Iterator<PeerId> ranked;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicInteger stored = new AtomicInteger();
    private final CountDownLatch done;

    private Replicas(PutLanes lanes, Block block, List<PeerId> ranked, int copies) {
        this.lanes = lanes;
        this.block = block;
        this.ranked = ranked.iterator();
        done = new CountDownLatch(copies);
    }

    /** Blocks until there are so many copies or nobody is left; gives their number. */
    public static int put(PutLanes lanes, Block block, List<PeerId> ranked, int copies) throws InterruptedException {
        Replicas replicas = new Replicas(lanes, block, ranked, copies);
        for (int i = 0; i < copies; i++) {
            replicas.tryNext();
        }
        replicas.done.await();
        return replicas.stored.get();
    }

    private void tryNext() {
        PeerId next = next();
        if (next == null) {
            done.countDown();
            return;
        }
        lanes.send(next, block, result -> {
            if (result == PutResult.STORED) {
                stored.incrementAndGet();
                done.countDown();
            } else {
                tryNext();
            }
        });
    }

    private @Nullable PeerId next() {
        lock.lock();
        try {
            while (ranked.hasNext()) {
                PeerId peer = ranked.next();
                if (lanes.usable(peer)) {
                    return peer;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }
}
