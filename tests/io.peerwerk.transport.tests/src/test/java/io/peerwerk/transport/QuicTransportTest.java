// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.quic.internal.QuicTransport;
import io.peerwerk.transport.spi.Transport;

/** The contract over QUIC, with the fastest sockets of this machine. */
class QuicTransportTest extends TransportContractTest {

    @Override
    Transport transport(Identity identity) {
        return new QuicTransport(identity);
    }

    @Override
    Multiaddr freeAddress() {
        return Multiaddr.of("/ip4/127.0.0.1/udp/0/quic-v1");
    }

    @Override
    Multiaddr deadAddress() {
        return Multiaddr.of("/ip4/127.0.0.1/udp/1/quic-v1");
    }
}
