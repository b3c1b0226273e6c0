// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.runtime;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.peerwerk.routing.internal.kad.Contact;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one thing with many peers at the same time, each on a virtual thread, and counts with how many it worked. */
final class Fan {

    private static final Logger LOG = LoggerFactory.getLogger(Fan.class);

    private final Deed deed;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger worked = new AtomicInteger();

    /** What is done with each; blocks. */
    @FunctionalInterface
    interface Deed {
        void with(Contact peer) throws IOException;
    }

    Fan(Deed deed) {
        this.deed = deed;
    }

    /** Begins with a peer. To be called on one thread. */
    void start(Contact peer) {
        threads.add(Thread.ofVirtual().name("routing-tell-" + peer.id().brief()).start(() -> {
            try {
                deed.with(peer);
                worked.incrementAndGet();
            } catch (IOException e) {
                LOG.debug("{} does not take it: {}", peer.id().brief(), e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("telling {} failed", peer.id().brief(), e);
            }
        }));
    }

    /** Waits until all are done, for so long at most; gives with how many it worked. */
    int await(Duration limit) throws InterruptedIOException {
        long end = System.nanoTime() + limit.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
            return worked.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while others were told");
        } finally {
            threads.forEach(Thread::interrupt);
        }
    }
}
