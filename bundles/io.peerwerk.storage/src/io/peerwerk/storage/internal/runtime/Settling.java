// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.peerwerk.storage.internal.transfer.Control;

/**
 * The first moments after the start, in which gossip meets one peer after the other. A put then would put all shards on
 * the few that are known by chance, so it waits until no new peer was met for a moment, or the patience is over.
 */
final class Settling {

    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);
    private static final long TICK = 50;

    private final long started = System.nanoTime();
    private final long patience;
    private volatile long lastMet = started;

    /** @param patience after this long nobody waits any more */
    Settling(Duration patience) {
        this.patience = patience.toNanos();
    }

    /** A peer became reachable. */
    void met() {
        lastMet = System.nanoTime();
    }

    /** Waits, if need be; ends like every other wait of the transfer. */
    void await(Control control) throws IOException {
        while (unsettled(System.nanoTime())) {
            control.check();
            try {
                TimeUnit.MILLISECONDS.sleep(TICK);
            } catch (InterruptedException e) {
                // The check of the next round tells it.
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean unsettled(long now) {
        return now - started < patience && now - lastMet < QUIET_NANOS;
    }
}
