// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.yamux;

/** What follows from a frame that came in or from time that has passed. */
public sealed interface Action {

    /** The peer has opened a stream. */
    record Opened(int stream) implements Action {
    }

    /** The next bytes of the link are a stream's. Actions behind this one wait until they have come. */
    record Deliver(int stream, int length) implements Action {
    }

    /** The next bytes of the link are nobody's any more. */
    record Discard(int length) implements Action {
    }

    /** The peer has ended its side of a stream. */
    record Finished(int stream) implements Action {
    }

    /** A stream is gone, and nothing more is to be sent on it. */
    record Reset(int stream, String why) implements Action {
    }

    /** The peer takes no more streams and will hang up. */
    record GoneAway(long code) implements Action {
    }

    /** The link is dead. */
    record Lost(String why) implements Action {
    }
}
