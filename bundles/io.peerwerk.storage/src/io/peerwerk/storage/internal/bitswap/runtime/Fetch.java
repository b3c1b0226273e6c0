// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap.runtime;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.Block;

/** One call for blocks, on its caller's thread. Closing it takes back what it still wants. */
final class Fetch implements AutoCloseable {

    /** Looks for a block in this peer. */
    @FunctionalInterface
    interface Here {

        Optional<Block> get(Cid cid) throws IOException;
    }

    private final Deque<Cid> rest;
    private final Here here;
    private final Exchange exchange;
    private final Semaphore places;
    private final Waiting.Caller caller;
    private int asked;

    /** @param places one for each block that is waited for, of all fetches together */
    Fetch(Collection<Cid> cids, Here here, Exchange exchange, Semaphore places) {
        this.rest = new ArrayDeque<>(new LinkedHashSet<>(cids));
        this.here = here;
        this.exchange = exchange;
        this.places = places;
        this.caller = exchange.caller();
    }

    /** Gets all, so many at the same time. */
    void run(int ahead, Duration silence, BlockConsumer each) throws IOException {
        while (!rest.isEmpty() || asked > 0) {
            ask(ahead, each);
            if (asked > 0) {
                Block next = next(silence);
                asked--;
                places.release();
                each.accept(next);
            }
        }
    }

    private void ask(int ahead, BlockConsumer each) throws IOException {
        List<Cid> wanted = new ArrayList<>();
        try {
            while (asked < ahead && !rest.isEmpty() && askNext(wanted, each)) {
                // one more
            }
        } finally {
            exchange.want(caller, wanted);
        }
    }

    /** Waits for a place only if it has none: so that those with places go on. False if there is none now. */
    private boolean askNext(List<Cid> wanted, BlockConsumer each) throws IOException {
        Cid cid = rest.getFirst();
        Optional<Block> found = here.get(cid);
        if (found.isEmpty() && !places.tryAcquire()) {
            if (asked > 0) {
                return false;
            }
            acquire();
        }
        rest.removeFirst();
        if (found.isPresent()) {
            each.accept(found.get());
        } else {
            asked++;
            wanted.add(cid);
        }
        return true;
    }

    private void acquire() throws InterruptedIOException {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while other blocks were fetched");
        }
    }

    private Block next(Duration silence) throws IOException {
        Optional<Block> next = caller.next(silence);
        if (next.isPresent()) {
            return next.get();
        }
        throw exchange.isClosed() ? new IOException("bitswap has been closed")
                : new BlockNotFoundException(exchange.ask(caller::missing));
    }

    @Override
    public void close() {
        exchange.unwant(caller);
        places.release(asked);
    }
}
