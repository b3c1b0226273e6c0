// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import io.peerwerk.core.Registration;

/**
 * Messages that may be lost and may come in any order, beside the streams of a connection (RFC 9221): for news that is
 * worth nothing when it is late. There is no flow control and no answer; a message that does not fit, or comes
 * faster than it is taken, is dropped. All methods may be called on any thread and never block.
 *
 * <p>On the wire a message is the length of its protocol's name as an unsigned varint, the name in UTF-8, the payload.
 * A name of no bytes says nothing and only keeps the link alive.
 */
public interface Datagrams {

    /** The longest name of a protocol, in bytes of UTF-8. */
    int MAX_NAME = 255;

    /** The payload, in bytes, that a message of a protocol can carry now; about 1,100. At worst 0. */
    int maxSize(String protocol);

    /**
     * Sends a message.
     *
     * @return whether it is on its way; false if it was too long, too many wait, or the connection is closed
     */
    boolean send(String protocol, byte[] payload);

    /**
     * Takes the messages of a protocol that come in from now on. Until then they are dropped.
     *
     * @throws IllegalStateException if the protocol has a handler already
     * @throws IllegalArgumentException if the name is empty or longer than {@value #MAX_NAME} bytes
     */
    Registration handle(String protocol, Handler handler);

    /** Takes messages, one after the other on a virtual thread; while it is busy a few wait, more are dropped. */
    @FunctionalInterface
    interface Handler {

        void handle(byte[] payload);
    }
}
