// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.runtime;

import java.io.IOException;
import java.util.List;

import io.peerwerk.discovery.internal.mdns.Link;

/** The local networks of a machine, as multicast DNS uses them. Thread-safe. */
interface Network extends AutoCloseable {

    /** Takes what comes in on the links that were joined, on threads of the network. */
    @FunctionalInterface
    interface Receiver {

        /** A message of somebody on a link; at most one byte longer than a message may be. */
        void received(Link from, byte[] message);
    }

    /** The links there are now, loopback and tunnels not among them. */
    List<Link> links();

    /**
     * Receives and sends on a link from now on; again, when its addresses have changed.
     *
     * @throws IOException if that is not possible there
     */
    void join(Link link, Receiver receiver) throws IOException;

    /** Neither receives nor sends on a link any more. */
    void leave(Link link);

    /** Sends to all on a link that was joined. */
    void send(Link link, byte[] message) throws IOException;

    /** Leaves all links. */
    @Override
    void close();
}
