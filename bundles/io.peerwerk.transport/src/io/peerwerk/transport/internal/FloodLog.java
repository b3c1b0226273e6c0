// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;

/**
 * A log for what a peer can provoke as often as it likes: at most one line in a while, with the count of the others.
 */
final class FloodLog {

    private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

    private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());
    private final AtomicLong unsaid = new AtomicLong();
    private final Logger log;

    FloodLog(Logger log) {
        this.log = log;
    }

    /** Writes a line, or counts it. */
    void info(String what, Object about) {
        long now = System.nanoTime();
        long until = quietUntil.get();
        if (now - until >= 0 && quietUntil.compareAndSet(until, now + PAUSE_NANOS)) {
            long more = unsaid.getAndSet(0);
            log.info("{}: {}{}", what, about, more == 0 ? "" : ", and " + more + " more before");
        } else {
            unsaid.incrementAndGet();
        }
    }
}
