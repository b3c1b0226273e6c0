// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.fixtures.Bytes;
import io.peerwerk.fixtures.ForeignPeer;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.quic.internal.QuicTransport;
import io.peerwerk.transport.spi.SecureChannel;
import io.peerwerk.transport.spi.Transport;
import io.peerwerk.transport.tcp.internal.NoiseChannel;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import io.peerwerk.transport.tls.internal.TlsChannel;
import io.peerwerk.transport.websocket.internal.WebSocketTransport;

/**
 * Peerwerk and js-libp2p as neighbours: every way to reach each other, with every security, with every kind of key that
 * js-libp2p can have, dialled from either end. A js process a combination serves both directions. What was seen is
 * written to {@code target/interop-matrix.md}.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InteropMatrixTest {

    private static final String ECHO = "/interop/echo/1.0.0";
    private static final long BYTES = 64L << 20;
    private static final List<String> KEYS = List.of("Ed25519", "secp256k1", "RSA");

    /** The ways to reach each other: a transport that is new becomes part of the matrix by its line here. */
    private static final List<Way> WAYS = List.of(
            new Way("TCP", identity -> new TcpTransport(), "tcp", "/ip4/127.0.0.1/tcp/0", Security.NEGOTIATED),
            new Way("WebSocket", identity -> new WebSocketTransport(), "ws", "/ip4/127.0.0.1/tcp/0/ws",
                    Security.NEGOTIATED),
            new Way("QUIC", QuicTransport::new, "quic", "/ip4/127.0.0.1/udp/0/quic-v1", Security.BUILT_IN));

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

    /**
     * A kind of security.
     *
     * @param name     how the table calls it
     * @param protocol the name that connections show
     * @param js       what the js peer calls it
     * @param channels makes our secure channels; none where the transport brings its own security
     */
    private record Security(String name, String protocol, String js, Supplier<SecureChannel[]> channels) {

        /** For transports that are TLS themselves. */
        private static final List<Security> BUILT_IN =
                List.of(new Security("TLS", "/quic-v1", "noise", () -> new SecureChannel[0]));

        /** For transports that carry plain bytes. */
        private static final List<Security> NEGOTIATED = List.of(
                new Security("Noise", "/noise", "noise", () -> new SecureChannel[] {new NoiseChannel()}),
                new Security("TLS", "/tls/1.0.0", "tls", () -> new SecureChannel[] {new TlsChannel()}));
    }

    record Combination(Way way, Security security, String key) {

        /** Our end. */
        private Hosts hosts() {
            return new Hosts(way.transport(), security.channels().get());
        }

        @Override
        public String toString() {
            return way.name() + ", " + security.name() + ", " + key;
        }
    }

    private record Row(Combination combination, String direction, String what, String result) {
    }

    private static final List<Row> TABLE = new CopyOnWriteArrayList<>();

    static Stream<Combination> combinations() {
        return WAYS.stream().flatMap(way -> way.security().stream().flatMap(security ->
                KEYS.stream().map(key -> new Combination(way, security, key))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("combinations")
    void peerwerkAndJsUnderstandEachOther(Combination combination) throws Exception {
        Assumptions.assumeTrue(ForeignPeer.nodeIsThere(), "Node.js is not installed");
        var checks = new Checks(combination);
        try (var js = ForeignPeer.run("listen", "--transport", combination.way().js(), "--listen",
                combination.way().listen(), "--security", combination.security().js(), "--key-type",
                combination.key())) {
            String ready = js.await("ready");
            weDial(checks, Multiaddr.parse(ForeignPeer.address(ready)), PeerId.parse(ForeignPeer.text(ready, "peer")));
            jsDials(checks, js, PeerId.parse(ForeignPeer.text(ready, "peer")));
        }
        checks.assertAllHeld();
    }

    private static void weDial(Checks checks, Multiaddr address, PeerId peer) throws IOException {
        try (Hosts hosts = checks.combination.hosts()) {
            SwitchHost own = started(hosts, checks.combination);
            checks.check("we dial", "connect", () -> {
                Connection connection = own.connect(address);
                assertEquals(peer, connection.peer());
                assertEquals(checks.combination.security().protocol(), connection.security());
            });
            checks.check("we dial", "ping", () -> assertTrue(own.ping(peer).compareTo(Duration.ZERO) > 0));
            checks.check("we dial", "identify", () -> {
                Identification id = own.identify(peer);
                assertTrue(id.agent().startsWith("js-libp2p/"), id::agent);
                assertTrue(id.protocols().contains(ECHO), () -> id.protocols().toString());
            });
            checks.check("we dial", "echo of 64 MiB", () -> {
                try (var stream = own.open(peer, ECHO)) {
                    var sent = Bytes.send(stream, BYTES, 42);
                    long received = Bytes.receive(stream, BYTES);
                    assertEquals(sent.join(), received);
                }
            });
        }
    }

    private static void jsDials(Checks checks, ForeignPeer js, PeerId peer) throws IOException {
        try (Hosts hosts = checks.combination.hosts()) {
            SwitchHost own = started(hosts, checks.combination);
            String address = Hosts.address(own).toString();
            checks.check("js dials", "connect", () -> {
                js.send("dial", address);
                js.result();
                await().until(() -> own.connection(peer).isPresent());
                assertFalse(own.connection(peer).get().initiator());
                assertEquals(checks.combination.security().protocol(), own.connection(peer).get().security());
            });
            checks.check("js dials", "ping", () -> {
                js.send("ping", address);
                js.result();
            });
            checks.check("js dials", "identify", () -> {
                js.send("identify", address);
                String id = js.result();
                assertEquals(own.id().toString(), ForeignPeer.text(id, "peer"));
                assertTrue(ForeignPeer.text(id, "agent").startsWith("peerwerk/"), id);
            });
            checks.check("js dials", "echo of 64 MiB", () -> {
                js.send("echo-bytes", address, "" + BYTES);
                assertTrue(js.result().contains("\"bytes\":" + BYTES));
            });
        }
    }

    private static SwitchHost started(Hosts hosts, Combination combination) {
        SwitchHost host = hosts.start(
                HostOptions.standard().listeningOn(List.of(Multiaddr.of(combination.way().listen()))));
        host.handle(ECHO, stream -> stream.input().transferTo(stream.output()));
        return host;
    }

    @AfterAll
    static void writeTable() throws IOException {
        var lines = new ArrayList<>(List.of("# Peerwerk and js-libp2p", "",
                "| transport | security | key of js | direction | what | result |", "| --- | --- | --- | --- | --- | --- |"));
        for (Row row : TABLE) {
            Combination c = row.combination();
            lines.add("| " + String.join(" | ", c.way().name(), c.security().name(), c.key(), row.direction(),
                    row.what(), row.result()) + " |");
        }
        Path target = Path.of(System.getProperty("basedir", ""), "target");
        Files.createDirectories(target);
        Files.write(target.resolve("interop-matrix.md"), lines);
    }

    /** Notes down how each check ends, and lets the next ones run. */
    private static final class Checks {

        private final Combination combination;
        private final List<Throwable> failures = new ArrayList<>();

        private Checks(Combination combination) {
            this.combination = combination;
        }

        private void check(String direction, String what, Executable check) {
            String result = "ok";
            try {
                check.execute();
            } catch (Throwable failure) {
                result = "FAILED: " + failure.getMessage();
                failures.add(failure);
            }
            TABLE.add(new Row(combination, direction, what, result));
        }

        private void assertAllHeld() {
            Assertions.assertAll(combination.toString(), failures.stream().<Executable>map(failure -> () -> {
                throw failure;
            }));
        }
    }
}
