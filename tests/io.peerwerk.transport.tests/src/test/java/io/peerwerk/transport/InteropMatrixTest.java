// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import static io.peerwerk.fixtures.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.fixtures.Bytes;
import io.peerwerk.fixtures.ForeignPeer;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.fixtures.InteropChecks;
import io.peerwerk.fixtures.Security;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.quic.internal.QuicTransport;
import io.peerwerk.transport.spi.Transport;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import io.peerwerk.transport.websocket.internal.WebSocketTransport;

/**
 * Peerwerk and js-libp2p as neighbours: every way to reach each other, with every security, with every kind of key that
 * js-libp2p can have, dialled from either end. A js process a combination serves both directions.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InteropMatrixTest {

    private static final long BYTES = 64L << 20;
    private static final List<String> KEYS = List.of("Ed25519", "secp256k1", "RSA");

    /** For transports that carry plain bytes. */
    private static final List<Security> NEGOTIATED = List.of(Security.NOISE, Security.TLS);

    /** The ways to reach each other: a transport that is new becomes part of the matrix by its line here. */
    private static final List<Way> WAYS = List.of(
            new Way("TCP", identity -> new TcpTransport(), "tcp", "/ip4/127.0.0.1/tcp/0", NEGOTIATED),
            new Way("WebSocket", identity -> new WebSocketTransport(), "ws", "/ip4/127.0.0.1/tcp/0/ws",
                    NEGOTIATED),
            new Way("QUIC", QuicTransport::new, "quic", "/ip4/127.0.0.1/udp/0/quic-v1", List.of(Security.QUIC)));

    /**
     * A way to reach each other.
     *
     * @param name      how the table calls it
     * @param transport makes our end, for a host of this identity
     * @param js        what js-libp2p calls it
     * @param listen    the address that both listen on
     * @param security  the kinds of security to combine it with
     */
    private record Way(String name, Function<Identity, Transport> transport, String js, String listen,
            List<Security> security) {
    }

    record Combination(Way way, Security security, String key) {

        /** Our end. */
        private Hosts hosts() {
            return new Hosts(way.transport(), security.channels().get());
        }

        private HostOptions options() {
            return HostOptions.standard().listeningOn(List.of(Multiaddr.of(way.listen())));
        }

        @Override
        public String toString() {
            return way.name() + ", " + security.name() + ", " + key;
        }
    }

    static Stream<Combination> combinations() {
        return WAYS.stream().flatMap(way -> way.security().stream().flatMap(security ->
                KEYS.stream().map(key -> new Combination(way, security, key))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("combinations")
    void peerwerkAndJsUnderstandEachOther(Combination combination) throws Exception {
        var checks = new InteropChecks(combination.way().name(), combination.security().name(), combination.key());
        try (var js = ForeignPeer.listen("--transport", combination.way().js(), "--listen",
                combination.way().listen(), "--security", combination.security().js(), "--key-type",
                combination.key())) {
            weDial(checks, combination, js);
            jsDials(checks, combination, js);
        }
        checks.assertAllHeld();
    }

    private static void weDial(InteropChecks checks, Combination combination, ForeignPeer js) throws IOException {
        PeerId peer = js.id();
        try (Hosts hosts = combination.hosts()) {
            SwitchHost own = hosts.startEchoing(combination.options());
            checks.check("we dial", "connect", () -> {
                Connection connection = own.connect(js.address());
                assertEquals(peer, connection.peer());
                assertEquals(combination.security().protocol(), connection.security());
            });
            checks.check("we dial", "ping", () -> assertTrue(own.ping(peer).compareTo(Duration.ZERO) > 0));
            checks.check("we dial", "identify", () -> {
                Identification id = own.identify(peer);
                assertTrue(id.agent().startsWith("js-libp2p/"), id::agent);
                assertTrue(id.protocols().contains(ForeignPeer.ECHO), () -> id.protocols().toString());
            });
            checks.check("we dial", "echo of 64 MiB", () -> Bytes.echo(own.open(peer, ForeignPeer.ECHO), BYTES));
        }
    }

    private static void jsDials(InteropChecks checks, Combination combination, ForeignPeer js) throws IOException {
        PeerId peer = js.id();
        try (Hosts hosts = combination.hosts()) {
            SwitchHost own = hosts.startEchoing(combination.options());
            String address = Hosts.address(own).toString();
            checks.check("js dials", "connect", () -> {
                js.ask("dial", address);
                await().until(() -> own.connection(peer).isPresent());
                assertFalse(own.connection(peer).get().initiator());
                assertEquals(combination.security().protocol(), own.connection(peer).get().security());
            });
            checks.check("js dials", "ping", () -> js.ask("ping", address));
            checks.check("js dials", "identify", () -> {
                String id = js.ask("identify", address);
                assertEquals(own.id().toString(), ForeignPeer.text(id, "peer"));
                assertTrue(ForeignPeer.text(id, "agent").startsWith("peerwerk/"), id);
            });
            checks.check("js dials", "echo of 64 MiB", () ->
                    assertTrue(js.ask("echo-bytes", address, "" + BYTES).contains("\"bytes\":" + BYTES)));
        }
    }
}
