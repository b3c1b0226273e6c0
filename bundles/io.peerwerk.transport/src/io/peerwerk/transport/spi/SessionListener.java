// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.spi;

/** Hears of what happens to a session. Called on the channel's event loop; must not block. */
public interface SessionListener {

    /** The peer has opened a stream; gives the one who takes what comes in on it. */
    StreamReceiver accepted(MuxedStream stream);

    /**
     * No more streams can be opened, since the peer is leaving or the session was closed. Comes once, before
     * {@link #closed}.
     */
    void closing();

    /** The session is over and all its streams are reset. Comes once. */
    void closed(String why);
}
