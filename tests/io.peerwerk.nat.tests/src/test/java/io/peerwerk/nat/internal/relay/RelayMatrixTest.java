// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.fixtures.Bytes;
import io.peerwerk.fixtures.ForeignPeer;
import io.peerwerk.fixtures.InteropChecks;
import io.peerwerk.fixtures.Security;
import io.peerwerk.transport.Connection;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Relays, those who are reached through them and those who dial: each once Peerwerk and once js-libp2p, in every
 * combination in which both take part.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RelayMatrixTest {

    /** Fits the usual limit of 128 KiB, of which js-libp2p makes one for both directions. */
    private static final long FEW_BYTES = 40_000;
    private static final long MANY_BYTES = 16L << 20;

    /** Who makes a peer. */
    enum Maker {
        PEERWERK, JS;

        @Override
        public String toString() {
            return this == JS ? "js" : "us";
        }
    }

    record Roles(Maker relay, Maker source, Maker target) {

        private static Stream<Roles> mixed() {
            return Arrays.stream(Maker.values()).flatMap(relay -> Arrays.stream(Maker.values()).flatMap(source ->
                    Arrays.stream(Maker.values()).map(target -> new Roles(relay, source, target))))
                    .filter(roles -> roles.relay != roles.source || roles.source != roles.target);
        }
    }

    record Combination(Roles roles, Security security, String key) {

        private RelayedPeer peer(Maker maker) throws Exception {
            return maker == Maker.JS ? new Js(js("--relay")) : new Ours(RelayPeer.hidden(security.channels().get()));
        }

        private ForeignPeer js(String... options) throws IOException, InterruptedException {
            var all = new ArrayList<>(List.of("--security", security.js(), "--key-type", key));
            all.addAll(List.of(options));
            return ForeignPeer.listen(all.toArray(String[]::new));
        }

        @Override
        public String toString() {
            return roles.source + " to " + roles.target + " through " + roles.relay + ", " + security.name() + ", "
                    + key;
        }
    }

    /** A relay of either make. */
    private record Middle(AutoCloseable peer, Multiaddr address) implements AutoCloseable {

        static Middle of(Combination combination, boolean limited) throws Exception {
            if (combination.roles().relay() == Maker.JS) {
                ForeignPeer js = limited ? combination.js("--relay-server")
                        : combination.js("--relay-server", "--relay-unlimited");
                return new Middle(js, js.address());
            }
            RelayOptions usual = RelayOptions.standard();
            RelayPeer ours = RelayPeer.relaying(limited ? usual : usual.limiting(Duration.ZERO, 0).atRate(0),
                    combination.security().channels().get());
            return new Middle(ours, ours.host().addresses().getFirst().withPeer(ours.host().id()));
        }

        Multiaddr to(RelayedPeer target) throws FormatException {
            return address.encapsulate(Multiaddr.of("/p2p-circuit")).withPeer(target.id());
        }

        @Override
        public void close() throws Exception {
            peer.close();
        }
    }

    /** A peer of either make that is reached through a relay, or reaches another. */
    private sealed interface RelayedPeer extends AutoCloseable {

        PeerId id() throws FormatException;

        void reserve(Multiaddr relay) throws Exception;

        /** Gives what secures the connection. */
        String connect(Multiaddr target) throws Exception;

        void ping(Multiaddr target) throws Exception;

        /** Gives the agent. */
        String identify(Multiaddr target) throws Exception;

        void echo(Multiaddr target, long bytes) throws Exception;

        @Override
        void close();
    }

    private record Ours(RelayPeer peer) implements RelayedPeer {

        @Override
        public PeerId id() {
            return peer.host().id();
        }

        @Override
        public void reserve(Multiaddr relay) throws IOException {
            peer.host().handle(ForeignPeer.ECHO, stream -> stream.input().transferTo(stream.output()));
            peer.host().listenOn(relay.encapsulate(Multiaddr.of("/p2p-circuit")));
        }

        @Override
        public String connect(Multiaddr target) throws IOException {
            Connection connection = peer.host().connect(target);
            assertTrue(connection.relayed());
            assertEquals(target.peer().orElseThrow(), connection.peer());
            return connection.security();
        }

        @Override
        public void ping(Multiaddr target) throws IOException {
            assertTrue(peer.host().ping(target.peer().orElseThrow()).compareTo(Duration.ZERO) > 0);
        }

        @Override
        public String identify(Multiaddr target) throws IOException {
            return peer.host().identify(target.peer().orElseThrow()).agent();
        }

        @Override
        public void echo(Multiaddr target, long bytes) throws IOException {
            Bytes.echo(peer.host().open(target.peer().orElseThrow(), ForeignPeer.ECHO), bytes);
        }

        @Override
        public void close() {
            peer.close();
        }
    }

    private record Js(ForeignPeer peer) implements RelayedPeer {

        @Override
        public PeerId id() throws FormatException {
            return peer.id();
        }

        @Override
        public void reserve(Multiaddr relay) throws Exception {
            peer.ask("relay-reserve", relay.toString());
        }

        @Override
        public String connect(Multiaddr target) throws Exception {
            String result = peer.ask("dial", target.toString());
            assertTrue(ForeignPeer.text(result, "addr").contains("/p2p-circuit"), result);
            assertEquals(target.peer().orElseThrow().toString(), ForeignPeer.text(result, "peer"));
            return ForeignPeer.text(result, "encryption");
        }

        @Override
        public void ping(Multiaddr target) throws Exception {
            peer.ask("ping", target.toString());
        }

        @Override
        public String identify(Multiaddr target) throws Exception {
            return ForeignPeer.text(peer.ask("identify", target.toString()), "agent");
        }

        @Override
        public void echo(Multiaddr target, long bytes) throws Exception {
            String result = peer.ask("echo-bytes", target.toString(), "" + bytes);
            assertTrue(result.contains("\"bytes\":" + bytes), result);
        }

        @Override
        public void close() {
            peer.close();
        }
    }

    static Stream<Combination> combinations() {
        return Roles.mixed().flatMap(roles -> Stream.of(new Combination(roles, Security.NOISE, "Ed25519"),
                new Combination(roles, Security.NOISE, "secp256k1"), new Combination(roles, Security.TLS, "RSA")));
    }

    static Stream<Combination> rolesAlone() {
        return Roles.mixed().map(roles -> new Combination(roles, Security.NOISE, "Ed25519"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("combinations")
    void peersMeetThroughARelayWithTheUsualLimits(Combination combination) throws Exception {
        meet(combination, true, FEW_BYTES, "echo of 40 kB");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rolesAlone")
    void manyBytesPassARelayThatSetsNoLimits(Combination combination) throws Exception {
        meet(combination, false, MANY_BYTES, "echo of 16 MiB");
    }

    private static void meet(Combination combination, boolean limited, long bytes, String echo) throws Exception {
        Roles roles = combination.roles();
        var checks = new InteropChecks("relay v2 through " + roles.relay() + (limited ? "" : ", no limits"),
                combination.security().name(), combination.key());
        String direction = roles.source() + " to " + roles.target();
        try (Middle relay = Middle.of(combination, limited);
                RelayedPeer target = combination.peer(roles.target());
                RelayedPeer source = combination.peer(roles.source())) {
            Multiaddr to = relay.to(target);
            checks.check(direction, "reserve", () -> target.reserve(relay.address()));
            checks.check(direction, "connect", () ->
                    assertEquals(combination.security().protocol(), source.connect(to)));
            checks.check(direction, "ping", () -> source.ping(to));
            checks.check(direction, "identify", () -> {
                String agent = source.identify(to);
                assertTrue(agent.startsWith(roles.target() == Maker.JS ? "js-libp2p/" : "peerwerk/"), agent);
            });
            checks.check(direction, echo, () -> source.echo(to, bytes));
        }
        checks.assertAllHeld();
    }
}
