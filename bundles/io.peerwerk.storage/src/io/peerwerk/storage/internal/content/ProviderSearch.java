// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.internal.content.Providers.Provider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks in the background for peers that have content, and dials them; once they are connected, bitswap tells them what
 * is wanted. Closing it ends what is under way.
 */
final class ProviderSearch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderSearch.class);
    /** Peers to dial: some of those that say they have something are gone. */
    private static final int PROVIDERS = 20;

    private final Node node;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger running = new AtomicInteger();

    ProviderSearch(Node node) {
        this.node = node;
    }

    /** Begins to look; false where nobody can be asked. */
    boolean begin(Cid content) {
        Optional<Providers> providers = node.providers().get();
        providers.ifPresent(known -> run(() -> known.find(content, PROVIDERS).forEach(this::dial)));
        return providers.isPresent();
    }

    private void dial(Provider provider) {
        if (node.host().connection(provider.peer()).isEmpty()) {
            run(() -> node.host().connect(provider.peer(), provider.addresses()));
        }
    }

    /** Something that blocks. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private void run(Step step) {
        running.incrementAndGet();
        try {
            threads.execute(() -> guarded(step));
        } catch (RejectedExecutionException e) {
            LOG.debug("the search was over before", e);
            running.decrementAndGet();
        }
    }

    private void guarded(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            LOG.debug("a provider is not found or not reached: {}", e.toString());
        } catch (RuntimeException e) { // the edge of the thread
            LOG.warn("the search for a provider failed", e);
        } finally {
            running.decrementAndGet();
        }
    }

    /** Whether somebody may still be found. */
    boolean isRunning() {
        return running.get() > 0;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
