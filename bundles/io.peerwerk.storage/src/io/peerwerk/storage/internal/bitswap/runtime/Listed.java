// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.Block;
import org.jspecify.annotations.Nullable;

/** Seeks blocks that are known by name from the start. */
final class Listed implements BlockSeeker {

    /** Looks for a block in this peer. */
    @FunctionalInterface
    interface Here {

        Optional<Block> get(Cid cid) throws IOException;
    }

    private final Deque<Cid> rest;
    private final Here here;
    private final Duration patience;
    private final BlockConsumer each;

    Listed(Collection<Cid> cids, Here here, Duration patience, BlockConsumer each) {
        this.rest = new ArrayDeque<>(new LinkedHashSet<>(cids));
        this.here = here;
        this.patience = patience;
        this.each = each;
    }

    @Override
    public @Nullable Cid next() throws IOException {
        for (Cid cid = rest.poll(); cid != null; cid = rest.poll()) {
            Optional<Block> found = here.get(cid);
            if (found.isEmpty()) {
                return cid;
            }
            each.accept(found.get());
        }
        return null;
    }

    @Override
    public void accept(Block block) throws IOException {
        each.accept(block);
    }

    @Override
    public void waiting(Duration silence, Supplier<List<Cid>> missing) throws IOException {
        if (silence.compareTo(patience) >= 0) {
            List<Cid> left = missing.get();
            // The last one may have come in this moment.
            if (!left.isEmpty()) {
                throw new BlockNotFoundException(left);
            }
        }
    }
}
