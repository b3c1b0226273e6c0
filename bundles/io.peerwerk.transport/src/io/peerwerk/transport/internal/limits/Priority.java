// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.limits;

/** How full a scope may be for memory still to be given: so that comfort never takes what going on needs. */
public enum Priority {

    /** Windows beyond the initial one: without them a stream is slower on long links, and works. */
    GROWTH(40),

    /** What waits to be sent beyond a message or two: without it writers and the link take turns. */
    QUEUE(60),

    /** New connections and streams: without them the others go on. */
    OPENING(80),

    /** Bytes of streams that are under way. */
    BUFFER(95),

    /** Bytes that are encrypted already and have to leave in their order. */
    LINK(100);

    private final int percent;

    Priority(int percent) {
        this.percent = percent;
    }

    /** The part of a limit that may be used. */
    long of(long limit) {
        return limit / 100 * percent + limit % 100 * percent / 100;
    }
}
