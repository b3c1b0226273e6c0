// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;

/** Which of this machine's addresses the system would use towards another. */
final class Route {

    private Route() {
    }

    /** The local address of a link: that of its socket, with the address of an interface in place of a wildcard. */
    static InetSocketAddress local(InetSocketAddress bound, InetSocketAddress peer) {
        if (!bound.getAddress().isAnyLocalAddress()) {
            return bound;
        }
        // Connecting a UDP socket sends nothing; it only asks the system for its route.
        try (DatagramChannel probe = DatagramChannel.open()) {
            probe.connect(peer);
            return new InetSocketAddress(((InetSocketAddress) probe.getLocalAddress()).getAddress(), bound.getPort());
        } catch (IOException e) {
            return bound;
        }
    }
}
