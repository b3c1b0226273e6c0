// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal;

import java.util.List;
import java.util.stream.Collectors;

import io.peerwerk.core.Registration;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.ConnectionListener;
import io.peerwerk.transport.Host;

/** Which of the connected peers speak a protocol, as they say themselves. Thread-safe. */
public final class PeerProtocols implements AutoCloseable {

    private final Host host;
    private final Registration listening;

    /** @param changed called when a peer has said what it speaks or is gone, on any thread; must not block */
    public PeerProtocols(Host host, Runnable changed) {
        this.host = host;
        this.listening = host.listen(new ConnectionListener() {
            @Override
            public void identified(Connection connection) {
                changed.run();
            }

            @Override
            public void closed(Connection connection) {
                changed.run();
            }
        });
    }

    /** The open, direct connections to peers that speak a protocol, one a peer. */
    public List<Connection> speaking(String protocol) {
        return List.copyOf(host.connections().stream().filter(c -> c.isOpen() && !c.relayed())
                .filter(c -> c.identification().filter(said -> said.protocols().contains(protocol)).isPresent())
                .collect(Collectors.toMap(Connection::peer, c -> c, (one, other) -> one)).values());
    }

    @Override
    public void close() {
        listening.close();
    }
}
