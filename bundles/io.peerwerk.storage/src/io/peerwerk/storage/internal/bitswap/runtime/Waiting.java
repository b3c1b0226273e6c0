// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap.runtime;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.storage.Block;

/** Who waits for which blocks. Not thread-safe, but for {@link Caller#next}. */
final class Waiting {

    private final Map<Multihash, List<Caller>> callers = new HashMap<>();

    /** One who waits. Several CIDs may be those of the same bytes. */
    final class Caller {
        private final Map<Multihash, Set<Cid>> missing = new HashMap<>();
        private final BlockingQueue<Optional<Block>> come = new LinkedBlockingQueue<>();

        /** Begins to wait for a block, too; true if it has to be asked for. */
        boolean add(Cid cid) {
            boolean first = !missing.containsKey(cid.hash());
            missing.computeIfAbsent(cid.hash(), h -> new LinkedHashSet<>()).add(cid);
            if (first) {
                callers.computeIfAbsent(cid.hash(), h -> new ArrayList<>()).add(this);
            }
            return first;
        }

        /** The next block that comes; empty if none does in that time, or nothing will any more. */
        Optional<Block> next(Duration limit) throws InterruptedIOException {
            try {
                Optional<Block> next = come.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
                return next == null ? Optional.empty() : next;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for blocks");
            }
        }

        /** What has not come. */
        List<Cid> missing() {
            return missing.values().stream().flatMap(Set::stream).toList();
        }

        /** Waits for nothing any more; gives what has to be taken back, one name of each. */
        List<Cid> end() {
            missing.keySet().forEach(hash -> callers.computeIfPresent(hash, (h, of) -> {
                of.remove(this);
                return of.isEmpty() ? null : of;
            }));
            List<Cid> left = missing.values().stream().map(names -> names.iterator().next()).toList();
            missing.clear();
            return left;
        }
    }

    Caller caller() {
        return new Caller();
    }

    /** A block has come. */
    void deliver(Block block) {
        List<Caller> waiting = callers.remove(block.cid().hash());
        if (waiting != null) {
            for (Caller caller : waiting) {
                caller.missing.remove(block.cid().hash())
                        .forEach(cid -> caller.come.add(Optional.of(new Block(cid, block.data()))));
            }
        }
    }

    /** Nothing comes any more. */
    void close() {
        callers.values().forEach(of -> of.forEach(caller -> caller.come.add(Optional.empty())));
    }
}
