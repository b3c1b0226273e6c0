// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.fixtures.ForeignPeer;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Relays, those who are reached through them and those who dial, each once Peerwerk and once js-libp2p. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RelayJsInteropTest {

    private static final String ECHO = "/interop/echo/1.0.0";
    private static final Multiaddr CIRCUIT = Multiaddr.of("/p2p-circuit");

    private final RelayPeer alice = RelayPeer.hidden();
    private final RelayPeer bob = RelayPeer.hidden();
    private RelayPeer relay;

    @BeforeEach
    void start() {
        Assumptions.assumeTrue(ForeignPeer.nodeIsThere(), "Node.js is not installed");
        relay = RelayPeer.relaying(RelayOptions.standard());
        bob.host().handle(ECHO, stream -> stream.input().transferTo(stream.output()));
    }

    @AfterEach
    void stop() {
        alice.close();
        bob.close();
        if (relay != null) {
            relay.close();
        }
    }

    @Test
    void twoOfUsMeetThroughAJsRelay() throws Exception {
        try (var js = ForeignPeer.run("listen", "--relay-server")) {
            Multiaddr way = Multiaddr.parse(ForeignPeer.address(js.await("ready"))).encapsulate(CIRCUIT);
            bob.host().listenOn(way);
            Connection connection = alice.host().connect(way.withPeer(bob.host().id()));
            assertTrue(connection.relayed());
            assertTrue(alice.host().ping(bob.host().id()).compareTo(Duration.ZERO) > 0);
            assertEcho(connection);
        }
    }

    @Test
    void jsIsReachedByUsThroughOurRelay() throws Exception {
        try (var js = ForeignPeer.run("listen", "--relay", "--listen", relay.way().toString())) {
            String ready = js.await("ready");
            Multiaddr target = relay.way().encapsulate(Multiaddr.of("/p2p/" + ForeignPeer.text(ready, "peer")));
            await().until(() -> relay.server().reservations() == 1);
            Connection connection = alice.host().connect(target);
            assertTrue(connection.relayed());
            assertEquals(target.peer().orElseThrow(), connection.peer());
            assertTrue(alice.host().ping(connection.peer()).compareTo(Duration.ZERO) > 0);
            assertTrue(alice.host().identify(connection.peer()).agent().startsWith("js-libp2p/"));
            assertEcho(connection);
        }
    }

    @Test
    void weAreReachedByJsThroughOurRelay() throws Exception {
        bob.host().listenOn(relay.way());
        try (var js = ForeignPeer.run("ping", relay.to(bob).toString(), "--relay")) {
            String result = js.result();
            assertEquals("/noise", ForeignPeer.text(result, "encryption"));
            assertTrue(result.contains("\"limited\":true"), result);
        }
        try (var js = ForeignPeer.run("echo", relay.to(bob).toString(), "good morning", "--relay")) {
            assertEquals("good morning", ForeignPeer.text(js.result(), "data"));
        }
    }

    @Test
    void weAreReachedByJsThroughAJsRelay() throws Exception {
        try (var middle = ForeignPeer.run("listen", "--relay-server")) {
            Multiaddr way = Multiaddr.parse(ForeignPeer.address(middle.await("ready"))).encapsulate(CIRCUIT);
            bob.host().listenOn(way);
            try (var js = ForeignPeer.run("echo", way.withPeer(bob.host().id()).toString(), "hello", "--relay")) {
                assertEquals("hello", ForeignPeer.text(js.result(), "data"));
            }
        }
    }

    @Test
    void twoOfJsMeetThroughOurRelay() throws Exception {
        try (var one = ForeignPeer.run("listen", "--relay", "--listen", relay.way().toString())) {
            String target = relay.way() + "/p2p/" + ForeignPeer.text(one.await("ready"), "peer");
            await().until(() -> relay.server().reservations() == 1);
            try (var other = ForeignPeer.run("echo", target, "hello", "--relay")) {
                assertEquals("hello", ForeignPeer.text(other.result(), "data"));
            }
        }
    }

    private static void assertEcho(Connection connection) throws IOException {
        try (Stream stream = connection.open(ECHO)) {
            stream.timeout(Duration.ofSeconds(20));
            byte[] sent = new byte[40_000];
            stream.output().write(sent);
            stream.output().close();
            assertEquals(sent.length, stream.input().readAllBytes().length);
        }
    }
}
