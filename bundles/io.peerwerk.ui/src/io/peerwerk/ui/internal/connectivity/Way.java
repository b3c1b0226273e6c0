// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.connectivity;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.ui.internal.Messages;

/** Over what two peers are connected. */
public enum Way {
    TCP, QUIC, WEBSOCKET,
    /** A transport that this bundle knows no word for. */
    OTHER,
    /** Through a third peer, whatever leads to that one. */
    RELAY;

    /** The way of a connection, by the address of its far end. */
    public static Way of(Multiaddr remote) {
        if (remote.has(Protocol.P2P_CIRCUIT)) {
            return RELAY;
        }
        if (remote.has(Protocol.QUIC_V1)) {
            return QUIC;
        }
        if (remote.has(Protocol.WS) || remote.has(Protocol.WSS)) {
            return WEBSOCKET;
        }
        return remote.has(Protocol.TCP) ? TCP : OTHER;
    }

    /** How many connections go each way; ways that none goes are left out. */
    public static Map<Way, Integer> count(Collection<Multiaddr> remotes) {
        Map<Way, Integer> counts = new EnumMap<>(Way.class);
        remotes.forEach(remote -> counts.merge(of(remote), 1, Integer::sum));
        return Collections.unmodifiableMap(counts);
    }

    /** The name that users know it by. */
    public String label() {
        return switch (this) {
            case TCP -> Messages.Way_tcp;
            case QUIC -> Messages.Way_quic;
            case WEBSOCKET -> Messages.Way_webSocket;
            case OTHER -> Messages.Way_other;
            case RELAY -> Messages.Way_relay;
        };
    }

    /** What that means for the user. */
    public String meaning() {
        return switch (this) {
            case TCP -> Messages.Way_tcpText;
            case QUIC -> Messages.Way_quicText;
            case WEBSOCKET -> Messages.Way_webSocketText;
            case OTHER -> Messages.Way_otherText;
            case RELAY -> Messages.Way_relayText;
        };
    }
}
