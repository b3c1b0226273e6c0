// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.spi.SecureChannel;
import io.peerwerk.transport.spi.Transport;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import io.peerwerk.transport.tls.internal.TlsChannel;

/** The contract over TCP and TLS. */
class TlsOverTcpTest extends TransportContractTest {

    @Override
    Transport transport(Identity identity) {
        return new TcpTransport();
    }

    @Override
    SecureChannel secureChannel() {
        return new TlsChannel();
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
