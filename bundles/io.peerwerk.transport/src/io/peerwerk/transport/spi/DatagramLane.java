// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.spi;

import java.util.function.Consumer;

/** Raw datagrams of a session, without a protocol's name yet. All methods may be called on any thread. */
public interface DatagramLane {

    /** Bytes that one datagram can carry now. */
    int maxSize();

    /** Sends a datagram; false if it was dropped at once. Never blocks. */
    boolean send(byte[] datagram);

    /** Sets who takes what comes in, once; he is called on the channel's event loop and must not block. */
    void receive(Consumer<byte[]> receiver);
}
