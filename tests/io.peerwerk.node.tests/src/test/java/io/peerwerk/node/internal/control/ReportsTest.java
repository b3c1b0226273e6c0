// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.peerwerk.core.multiformats.Multiaddr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportsTest {
    @ParameterizedTest
    @CsvSource({"tcp,/ip4/192.0.2.7/tcp/4001", "quic,/ip6/2001:db8::7/udp/4001/quic-v1",
        "websocket,/ip4/192.0.2.7/tcp/443/tls/ws", "websocket,/dns4/peer.example/tcp/443/wss", "unix,/unix/tmp/x",
        "relay,/ip4/192.0.2.7/udp/1/quic-v1/p2p/12D3KooWA4Xop1JaT3MHxwYMkCepYsv4iPVopMXwCz5iHYdBfeSB/p2p-circuit"})
    void anAddressIsNamedByWhatCarriesIt(String name, String address) {
        assertEquals(name, Reports.transport(Multiaddr.of(address)));
    }

    @ParameterizedTest
    @CsvSource({"noise,/noise", "tls,/tls/1.0.0", "by nature,by nature"})
    void whatSecuresAConnectionIsShownWithoutPathAndVersion(String shown, String protocol) {
        assertEquals(shown, Reports.security(protocol));
    }
}
