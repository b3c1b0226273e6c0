// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.storage.BlockStore;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.Swept;
import io.peerwerk.storage.internal.ipld.DagWalk;

/** Marks and sweeps, one sweep at a time; others go on meanwhile. Thread-safe. */
final class Sweeper {

    /** Blocks that are removed at once, and share one fsync. */
    private static final int BATCH = 512;
    /** How often one that waits for its turn asks whether to go on. */
    private static final long TICK_MILLIS = 100;

    /** Whether to go on, and how far it is. */
    @FunctionalInterface
    interface Steps {

        /** So many blocks have been looked at, of so many. An exception ends the sweep. */
        void step(long done, long all) throws IOException;
    }

    private final BlockStore store;
    private final Pins pins;
    private final Holds holds;
    private final ReentrantLock one = new ReentrantLock();

    Sweeper(BlockStore store, Pins pins, Holds holds) {
        this.store = store;
        this.pins = pins;
        this.holds = holds;
    }

    /** Removes what no pin leads to. One that is ended by an exception has removed some of it. */
    Swept sweep(Steps steps) throws IOException {
        awaitTurn(steps);
        try {
            pins.checkWhole();
            holds.begin();
            return sweep(mark(pins.roots(), steps), steps);
        } finally {
            holds.end();
            one.unlock();
        }
    }

    private void awaitTurn(Steps steps) throws IOException {
        try {
            while (!one.tryLock(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                steps.step(0, store.blockCount());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another sweep was going on");
        }
    }

    /** All blocks that the roots lead to. Each is met once, so that the stack is no larger than the set. */
    private Set<Cid> mark(List<Cid> roots, Steps steps) throws IOException {
        Set<Cid> marked = new HashSet<>(roots);
        Deque<Cid> waiting = new ArrayDeque<>(roots);
        while (!waiting.isEmpty()) {
            steps.step(marked.size() - waiting.size(), store.blockCount());
            Cid cid = waiting.pop();
            if (cid.codec() != Cid.RAW) {
                DagWalk.links(cid, data(cid)).stream().filter(marked::add).forEach(waiting::push);
            }
        }
        return marked;
    }

    private ByteBuffer data(Cid cid) throws IOException {
        return cid.hash().code() == Multihash.IDENTITY ? ByteBuffer.wrap(cid.hash().digest())
                : store.get(cid).orElseThrow(() -> new StorageException("block " + cid + " of pinned content has got"
                        + " lost, so it is not known what else belongs to it: pin that content again, or unpin it"));
    }

    private Swept sweep(Set<Cid> marked, Steps steps) throws IOException {
        long seen = 0;
        long removed = 0;
        long bytes = 0;
        List<Cid> batch = new ArrayList<>(BATCH);
        Iterator<Cid> all = store.cids().iterator();
        while (all.hasNext()) {
            Cid cid = all.next();
            seen++;
            if (!marked.contains(cid)) {
                batch.add(cid);
            }
            if (batch.size() == BATCH || !all.hasNext()) {
                steps.step(seen, Math.max(seen, store.blockCount() + removed));
                List<Cid> doomed = holds.doom(batch);
                bytes += remove(doomed);
                removed += doomed.size();
                batch.clear();
            }
        }
        return new Swept(seen - removed, removed, bytes);
    }

    /** Gives the bytes of what was removed. Whatever happens, nobody waits for these blocks afterwards. */
    private long remove(List<Cid> doomed) throws IOException {
        try (ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
            long bytes = doomed.stream().mapToLong(store::size).filter(size -> size > 0).sum();
            List<Future<?>> removals = new ArrayList<>();
            for (Cid cid : doomed) {
                removals.add(calls.submit(() -> remove(cid)));
            }
            for (Future<?> removal : removals) {
                await(removal);
            }
            return bytes;
        } finally {
            holds.gone();
        }
    }

    private void remove(Cid cid) {
        try {
            store.remove(cid);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without heeding interrupts: it is a matter of one fsync. */
    private static void await(Future<?> removal) throws IOException {
        boolean interrupted = false;
        while (true) {
            try {
                removal.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw e.getCause() instanceof UncheckedIOException why ? why.getCause()
                        : new StorageException("a block could not be removed", e.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
