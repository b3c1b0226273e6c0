// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The streams of a connection that have bytes on their way to the wire. The more they are, the fewer bytes each may have:
 * what lies in a queue for long leaves the processor's caches, and comes back at a price. Safe for use by all threads.
 */
final class Outbound {

    /** Unsent bytes of a stream that is alone. Above the chunk, so that the event loop has work while the writer fills. */
    static final int MOST = 768 * 1024;

    /** Unsent bytes of a stream among many: two messages, so that one can be filled while the other leaves. */
    static final int LEAST = 128 * 1024;

    /** What all may have together, unless that gives them less than the least. */
    private static final int TOGETHER = 2 * 1024 * 1024;

    private final AtomicInteger busy = new AtomicInteger();

    /** One more stream has bytes on their way. */
    void enter() {
        busy.incrementAndGet();
    }

    /** A stream has none any more. */
    void leave() {
        busy.decrementAndGet();
    }

    /** Unsent bytes at which a writer waits. */
    int high() {
        return Math.clamp(TOGETHER / Math.max(1, busy.get()), LEAST, MOST);
    }

    /** Unsent bytes at which a writer that waits goes on: so low that a few large wake-ups do instead of many small. */
    int low() {
        return high() / 6;
    }
}
