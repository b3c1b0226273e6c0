// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.spi.Transport;
import io.peerwerk.transport.tcp.internal.TcpTransport;

/** The contract over TCP, with the fastest sockets of this machine. */
class TcpTransportTest extends TransportContractTest {

    @Override
    Transport transport(Identity identity) {
        return new TcpTransport();
    }

    @Override
    Multiaddr freeAddress() {
        return Multiaddr.of("/ip4/127.0.0.1/tcp/0");
    }

    @Override
    Multiaddr deadAddress() {
        return Multiaddr.of("/ip4/127.0.0.1/tcp/1");
    }
}
