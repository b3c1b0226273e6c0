// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.runtime;

import java.io.IOException;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.peerwerk.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets transfers in until it closes, and then waits for those that are inside. Thread-safe. */
public final class Gate {

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    /** How long transfers have to notice that it closes. */
    private static final long WIND_UP_SECONDS = 10;

    /** One party a transfer, and this object. */
    private final Phaser transfers = new Phaser(1);
    private volatile boolean closing;

    /** What one call does. */
    @FunctionalInterface
    public interface Transfer<T> {
        /** Does it; blocks. */
        T run() throws IOException;
    }

    /**
     * Runs it, on the calling thread.
     *
     * @throws StorageException where the gate is closed
     */
    public <T> T pass(Transfer<T> transfer) throws IOException {
        // A negative phase: nobody is awaited any more.
        if (transfers.register() < 0 || closing) {
            transfers.arriveAndDeregister();
            throw new StorageException("the storage module is not running");
        }
        try {
            return transfer.run();
        } finally {
            transfers.arriveAndDeregister();
        }
    }

    /** Whether transfers should end. */
    public boolean isClosing() {
        return closing;
    }

    /** Lets nobody in any more; false where that was so before. */
    public boolean close() {
        if (closing) {
            return false;
        }
        closing = true;
        return true;
    }

    /** Waits for those inside; once, after {@link #close}. An interrupt ends the wait and is kept. */
    public void await() {
        int phase = transfers.arriveAndDeregister();
        try {
            transfers.awaitAdvanceInterruptibly(phase, WIND_UP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            LOG.warn("a transfer does not end: it is left behind");
        }
    }
}
