// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.fixtures.Bytes;
import io.peerwerk.fixtures.ForeignPeer;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.fixtures.Patience;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.tcp.internal.TcpTransport;

/** Peerwerk and js-libp2p as neighbours, over TCP, Noise and yamux, in both directions. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JsLibp2pInteropTest {

    private static final int MIB = 1 << 20;

    private Hosts hosts;
    private SwitchHost host;

    @BeforeEach
    void start() {
        hosts = new Hosts(new TcpTransport());
        host = hosts.startEchoing(HostOptions.local());
    }

    @AfterEach
    void stop() {
        hosts.close();
    }

    @Test
    void jsPingsUs() throws Exception {
        try (var js = ForeignPeer.run("ping", Hosts.address(host).toString())) {
            String result = js.result();
            assertEquals("/noise", ForeignPeer.text(result, "encryption"));
            assertEquals("/yamux/1.0.0", ForeignPeer.text(result, "multiplexer"));
        }
    }

    @Test
    void jsIdentifiesUs() throws Exception {
        try (var js = ForeignPeer.run("identify", Hosts.address(host).toString())) {
            String result = js.result();
            assertEquals(host.id().toString(), ForeignPeer.text(result, "peer"));
            assertTrue(ForeignPeer.text(result, "agent").startsWith("peerwerk/"), result);
            assertTrue(result.contains("\"/ipfs/ping/1.0.0\""), result);
            assertTrue(result.contains('"' + host.addresses().getFirst().toString() + '"'), result);
        }
    }

    @Test
    void jsEchoesAFewBytesThroughUs() throws Exception {
        try (var js = ForeignPeer.run("echo", Hosts.address(host).toString(), "good morning")) {
            assertEquals("good morning", ForeignPeer.text(js.result(), "data"));
        }
    }

    @Test
    void wePingAndIdentifyJs() throws Exception {
        try (var js = ForeignPeer.listen()) {
            Connection connection = host.connect(js.address());
            assertEquals(js.id(), connection.peer());
            assertEquals("/noise", connection.security());
            assertEquals("/yamux/1.0.0", connection.muxer());
            assertTrue(host.ping(connection.peer()).compareTo(Duration.ZERO) > 0);
            Identification id = host.identify(connection.peer());
            assertTrue(id.agent().startsWith("js-libp2p/"), id::agent);
            assertTrue(id.protocols().contains(ForeignPeer.ECHO), () -> id.protocols().toString());
            assertEquals(connection.localAddress(), id.observedAddress().orElseThrow());
            assertTrue(id.listenAddresses().contains(connection.remoteAddress()), id::toString);
        }
    }

    @Test
    void jsKnowsUsAfterWeHaveDialled() throws Exception {
        try (var js = ForeignPeer.listen()) {
            host.connect(js.address());
            String identified = js.await("identified");
            assertEquals(host.id().toString(), ForeignPeer.text(identified, "peer"));
        }
    }

    @Test
    void aProtocolThatJsDoesNotSpeakIsToldApartFromALostStream() throws Exception {
        try (var js = ForeignPeer.listen()) {
            PeerId peer = host.connect(js.address()).peer();
            Stream stream = host.open(peer, "/no/such/protocol/1.0.0");
            stream.timeout(Patience.LIMIT);
            stream.output().write(7);
            assertThrows(UnsupportedProtocolException.class, () -> stream.input().read());
            assertTrue(host.ping(peer).compareTo(Duration.ZERO) > 0);
        }
    }

    @Test
    void jsEchoes64MiBToASlowReader() throws Exception {
        try (var js = ForeignPeer.listen()) {
            PeerId peer = host.connect(js.address()).peer();
            Bytes.echo(host.open(peer, ForeignPeer.ECHO), 64L * MIB);
        }
    }

    @Test
    void jsMeasures64MiBInBothDirectionsAgainstUs() throws Exception {
        Perf.serve(host, 64 * MIB);
        try (var js = ForeignPeer.run("perf", Hosts.address(host).toString(), "" + 64 * MIB, "" + 64 * MIB)) {
            String result = js.result();
            assertTrue(result.contains("\"down\":" + 64 * MIB), result);
        }
    }

    /** The end comes before the handler begins, which js-libp2p's own iterator misses: our foreign peer does not. */
    @Test
    void jsEchoesToTheEndThoughItsHandlerBeginsLate() throws Exception {
        byte[] text = "good night".getBytes(StandardCharsets.UTF_8);
        try (var js = ForeignPeer.listen("--store-delay", "200")) {
            PeerId peer = host.connect(js.address()).peer();
            try (Stream stream = host.open(peer, ForeignPeer.ECHO)) {
                stream.timeout(Patience.LIMIT);
                stream.output().write(text);
                stream.output().close();
                assertArrayEquals(text, stream.input().readAllBytes());
            }
        }
    }

    @Test
    void manyStreamsRunToJsAtOnce() throws Exception {
        try (var js = ForeignPeer.listen()) {
            PeerId peer = host.connect(js.address()).peer();
            var all = new CompletableFuture<?>[100];
            for (int i = 0; i < all.length; i++) {
                byte[] text = ("stream " + i).repeat(1000).getBytes(StandardCharsets.UTF_8);
                var done = new CompletableFuture<Void>();
                all[i] = done;
                Thread.ofVirtual().start(() -> {
                    try (Stream stream = host.open(peer, ForeignPeer.ECHO)) {
                        stream.timeout(Patience.LIMIT);
                        stream.output().write(text);
                        stream.output().close();
                        assertArrayEquals(text, stream.input().readAllBytes());
                        done.complete(null);
                    } catch (Throwable e) {
                        done.completeExceptionally(e);
                    }
                });
            }
            CompletableFuture.allOf(all).get(2 * Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }
}
