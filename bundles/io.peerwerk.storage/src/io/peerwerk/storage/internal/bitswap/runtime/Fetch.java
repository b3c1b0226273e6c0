// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap.runtime;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.Block;
import org.jspecify.annotations.Nullable;

/** One call for blocks, on its caller's thread. Closing it takes back what it still wants. */
final class Fetch implements AutoCloseable {

    /** How often one who waits is asked whether to go on. */
    private static final Duration TICK = Duration.ofMillis(100);

    private final BlockSeeker seeker;
    private final Exchange exchange;
    private final Semaphore places;
    private final Waiting.Caller caller;
    /** What the seeker wants, but has no place yet. */
    private @Nullable Cid ready;
    private int asked;

    /** @param places one for each block that is waited for, of all fetches together */
    Fetch(BlockSeeker seeker, Exchange exchange, Semaphore places) {
        this.seeker = seeker;
        this.exchange = exchange;
        this.places = places;
        this.caller = exchange.caller();
    }

    /** Gets all, so many at the same time. */
    void run(int ahead) throws IOException {
        ask(ahead);
        long last = System.nanoTime();
        while (asked > 0) {
            Optional<Block> next = caller.next(TICK);
            if (next.isPresent()) {
                asked--;
                places.release();
                seeker.accept(next.get());
                ask(ahead);
                last = System.nanoTime();
            } else if (exchange.isClosed()) {
                throw new IOException("bitswap has been closed");
            } else {
                seeker.waiting(Duration.ofNanos(System.nanoTime() - last), () -> exchange.ask(caller::missing));
            }
        }
    }

    private void ask(int ahead) throws IOException {
        List<Cid> wanted = new ArrayList<>();
        try {
            while (asked < ahead && askNext(wanted)) {
                // one more
            }
        } finally {
            exchange.want(caller, wanted);
        }
    }

    /** Waits for a place only if it has none: so that those with places go on. False if there is none now. */
    private boolean askNext(List<Cid> wanted) throws IOException {
        ready = ready == null ? seeker.next() : ready;
        if (ready == null) {
            return false;
        }
        if (!places.tryAcquire()) {
            if (asked > 0) {
                return false;
            }
            acquire();
        }
        asked++;
        wanted.add(ready);
        ready = null;
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

    @Override
    public void close() {
        exchange.unwant(caller);
        places.release(asked);
    }
}
