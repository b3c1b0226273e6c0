// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.spi.Transport;
import io.peerwerk.transport.tcp.internal.TcpTransport;

/** The contract over TCP with Java's own sockets, and over IPv6. */
class TcpOverNioTest extends TransportContractTest {

    @Override
    Transport transport(Identity identity) {
        return TcpTransport.overNio();
    }

    @Override
    Multiaddr freeAddress() {
        return Multiaddr.of("/ip6/::1/tcp/0");
    }

    @Override
    Multiaddr deadAddress() {
        return Multiaddr.of("/ip6/::1/tcp/1");
    }
}
