// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.spi.Transport;
import io.peerwerk.transport.websocket.internal.WebSocketTransport;

/** The contract over WebSocket. */
class WebSocketTransportTest extends TransportContractTest {

    @Override
    Transport transport(Identity identity) {
        return new WebSocketTransport();
    }

    @Override
    Multiaddr freeAddress() {
        return Multiaddr.of("/ip4/127.0.0.1/tcp/0/ws");
    }

    @Override
    Multiaddr deadAddress() {
        return Multiaddr.of("/ip4/127.0.0.1/tcp/1/ws");
    }
}
