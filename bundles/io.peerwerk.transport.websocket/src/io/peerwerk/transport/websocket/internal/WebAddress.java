// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.websocket.internal;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.multiformats.Component;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;

/**
 * What a WebSocket address says: {@code /ws}, {@code /wss}, {@code /tls/ws} or {@code /tls/sni/<name>/ws} on a TCP
 * socket, and nothing more.
 *
 * @param name the server's name for TLS, if one is given
 */
record WebAddress(InetSocketAddress socket, boolean tls, Optional<String> name) {

    /** Empty if it is no WebSocket address, or its socket is still a name. */
    static Optional<WebAddress> of(Multiaddr address) {
        InetSocketAddress socket = address.socketAddress().filter(s -> !s.isUnresolved()).orElse(null);
        if (socket == null) {
            return Optional.empty();
        }
        List<Component> components = new ArrayList<>(address.components());
        while (!components.isEmpty() && components.removeFirst().protocol() != Protocol.TCP) {
            continue;
        }
        List<Protocol> spoken = components.stream().map(Component::protocol).toList();
        boolean plain = spoken.equals(List.of(Protocol.WS));
        boolean tls = spoken.equals(List.of(Protocol.WSS)) || spoken.equals(List.of(Protocol.TLS, Protocol.WS))
                || spoken.equals(List.of(Protocol.TLS, Protocol.SNI, Protocol.WS));
        return plain || tls ? Optional.of(new WebAddress(socket, tls, address.value(Protocol.SNI))) : Optional.empty();
    }

    /** What is asked for at the server. */
    URI uri() {
        return URI.create((tls ? "wss://" : "ws://") + host() + ':' + socket.getPort() + '/');
    }

    /** The name that the server's certificate must prove. */
    String host() {
        InetAddress ip = socket.getAddress();
        String literal = ip.getHostAddress().replaceFirst("%.*", "");
        return name.orElse(ip instanceof Inet6Address ? '[' + literal + ']' : literal);
    }
}
