// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.peerwerk.core.multiformats.Cid;

/**
 * Which blocks transfers have in hand, so that no sweep takes them away. Thread-safe.
 *
 * <p>Between {@link #begin} and {@link #end} of a sweep the blocks of transfers that end count as held as well: one that
 * pinned its root may have done so after the sweep had looked at the pins.
 */
final class Holds {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition gone = lock.newCondition();
    private final Set<Hold> open = new HashSet<>();
    private final Set<Cid> ended = new HashSet<>();
    private final Set<Cid> doomed = new HashSet<>();
    private boolean sweeping;

    /** The blocks of one transfer, until it is closed. */
    final class Hold implements AutoCloseable {

        private final Set<Cid> own = new HashSet<>();

        private Hold() {
        }

        /** From now on the block stays, if it is here. Waits for the moment that it takes to remove it, if that is under way. */
        void take(Cid cid) {
            lock.lock();
            try {
                own.add(cid);
                while (doomed.contains(cid)) {
                    gone.awaitUninterruptibly();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (open.remove(this) && sweeping) {
                    ended.addAll(own);
                }
                own.clear();
            } finally {
                lock.unlock();
            }
        }
    }

    Hold open() {
        lock.lock();
        try {
            Hold hold = new Hold();
            open.add(hold);
            return hold;
        } finally {
            lock.unlock();
        }
    }

    /** A sweep begins, and has not yet looked at the pins. One at a time. */
    void begin() {
        lock.lock();
        try {
            sweeping = true;
        } finally {
            lock.unlock();
        }
    }

    /** The sweep is over. */
    void end() {
        lock.lock();
        try {
            sweeping = false;
            ended.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Those of these blocks that nobody holds; nobody gets hold of them before they are {@linkplain #gone gone}. */
    List<Cid> doom(Collection<Cid> blocks) {
        lock.lock();
        try {
            List<Cid> free = blocks.stream().filter(this::isFree).toList();
            doomed.addAll(free);
            return free;
        } finally {
            lock.unlock();
        }
    }

    private boolean isFree(Cid cid) {
        return !ended.contains(cid) && open.stream().noneMatch(hold -> hold.own.contains(cid));
    }

    /** All doomed blocks are removed, or it has failed. */
    void gone() {
        lock.lock();
        try {
            doomed.clear();
            gone.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
