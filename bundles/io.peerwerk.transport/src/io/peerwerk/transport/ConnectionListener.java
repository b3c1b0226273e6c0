// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

/**
 * Hears of connections. The calls run on virtual threads and may block; those for one connection come in order, those
 * for different connections may come at the same time.
 */
public interface ConnectionListener {

    /** A connection is ready for streams. */
    default void opened(Connection connection) {
    }

    /** The peer has said something about itself, for the first time or anew: {@link Connection#identification()}. */
    default void identified(Connection connection) {
    }

    /** A connection is gone, for whatever reason. */
    default void closed(Connection connection) {
    }
}
