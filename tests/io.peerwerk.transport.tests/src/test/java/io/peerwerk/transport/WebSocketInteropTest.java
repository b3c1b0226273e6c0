// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;


import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.fixtures.Bytes;
import io.peerwerk.fixtures.ForeignPeer;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.websocket.internal.WebSocketTransport;

/** Peerwerk and js-libp2p over WebSocket, Noise and yamux, in both directions. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WebSocketInteropTest {

    private static final int MIB = 1 << 20;

    private Hosts hosts;
    private SwitchHost host;

    @BeforeEach
    void start() throws Exception {
        hosts = new Hosts(new WebSocketTransport());
        host = hosts.startEchoing(
                HostOptions.standard().listeningOn(List.of(Multiaddr.of("/ip4/127.0.0.1/tcp/0/ws"))));
    }

    @AfterEach
    void stop() {
        hosts.close();
    }

    @Test
    void jsPingsUs() throws Exception {
        try (var js = ForeignPeer.run("ping", Hosts.address(host).toString(), "--transport", "ws")) {
            String result = js.result();
            assertEquals("/noise", ForeignPeer.text(result, "encryption"));
            assertEquals("/yamux/1.0.0", ForeignPeer.text(result, "multiplexer"));
        }
    }

    @Test
    void jsIdentifiesUsAndEchoesThroughUs() throws Exception {
        try (var js = ForeignPeer.run("identify", Hosts.address(host).toString(), "--transport", "ws")) {
            String result = js.result();
            assertEquals(host.id().toString(), ForeignPeer.text(result, "peer"));
            assertTrue(result.contains('"' + host.addresses().getFirst().toString() + '"'), result);
        }
        try (var js = ForeignPeer.run("echo", Hosts.address(host).toString(), "good morning", "--transport", "ws")) {
            assertEquals("good morning", ForeignPeer.text(js.result(), "data"));
        }
    }

    @Test
    void wePingAndIdentifyJsAndItEchoes64MiBToASlowReader() throws Exception {
        try (var js = ForeignPeer.listen("--transport", "ws")) {
            Connection connection = host.connect(js.address());
            assertEquals(js.id(), connection.peer());
            assertTrue(connection.remoteAddress().toString().endsWith("/ws"));
            PeerId peer = connection.peer();
            assertTrue(host.ping(peer).compareTo(Duration.ZERO) > 0);
            Identification id = host.identify(peer);
            assertTrue(id.agent().startsWith("js-libp2p/"), id::agent);
            Bytes.echo(host.open(peer, ForeignPeer.ECHO), 64L * MIB);
            connection.close();
            js.await("conn-close");
        }
    }
}
