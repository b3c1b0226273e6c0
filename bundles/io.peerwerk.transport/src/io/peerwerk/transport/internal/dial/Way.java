// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.dial;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;

/** How an address is spoken to, the preferred way first. */
public enum Way {
    QUIC, TCP, WEB_SOCKET, OTHER;

    /** The way of an address that leads to the peer itself. */
    public static Way of(Multiaddr address) {
        if (address.has(Protocol.QUIC_V1)) {
            return QUIC;
        }
        if (address.has(Protocol.WS) || address.has(Protocol.WSS)) {
            return WEB_SOCKET;
        }
        return address.has(Protocol.TCP) ? TCP : OTHER;
    }
}
