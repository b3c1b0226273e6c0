// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

import static io.peerwerk.fixtures.Patience.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.peerwerk.core.Registration;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.fixtures.Bytes;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.DialException;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.StreamResetException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three hosts on loopback: one that relays, one that is only reached through it, one that wants to talk to that. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RelayTest {

    private static final String ECHO = "/test/echo/1.0.0";
    private static final int MIB = 1 << 20;

    private final RelayPeer bob = RelayPeer.hidden();
    private final RelayPeer alice = RelayPeer.hidden();
    private RelayPeer relay = RelayPeer.relaying(RelayOptions.standard());

    @AfterEach
    void stop() {
        alice.close();
        bob.close();
        relay.close();
    }

    private void relayIs(RelayOptions options) {
        relay.close();
        relay = RelayPeer.relaying(options);
    }

    private Connection aliceToBob() throws IOException {
        bob.host().handle(ECHO, stream -> stream.input().transferTo(stream.output()));
        bob.host().listenOn(relay.way());
        return alice.host().connect(relay.to(bob));
    }

    @Test
    void aPeerThatListensNowhereIsReachedThroughARelay() throws IOException {
        Connection connection = aliceToBob();
        assertEquals(bob.host().id(), connection.peer());
        assertTrue(connection.relayed());
        assertEquals(relay.way(), connection.remoteAddress());
        assertEquals("/noise", connection.security());
        assertTrue(alice.host().ping(bob.host().id()).compareTo(Duration.ZERO) > 0);
        await().until(() -> bob.host().connection(alice.host().id()).isPresent());
        assertTrue(bob.host().connection(alice.host().id()).orElseThrow().relayed());
        assertTrue(bob.host().ping(alice.host().id()).compareTo(Duration.ZERO) > 0);
        assertEquals(1, relay.server().circuits());
    }

    @Test
    void theRelayCarriesOnlyWhatItCannotRead() throws IOException {
        relayIs(RelayOptions.standard().limiting(Duration.ZERO, 0));
        Connection connection = aliceToBob();
        assertEquals(bob.host().id(), connection.key().toPeerId());
        assertTrue(relay.host().connections().stream().noneMatch(Connection::relayed));
        assertTrue(relay.host().connections().stream().allMatch(c -> c.streamCount() <= 4));
    }

    @Test
    void theReservedAddressIsToldToOthers() throws IOException {
        Registration listening = bob.host().listenOn(relay.way());
        assertEquals(List.of(relay.way()), bob.host().addresses());
        await().untilAsserted(() -> assertTrue(relay.host().known(bob.host().id()).contains(relay.way())));
        listening.close();
        assertEquals(List.of(), bob.host().addresses());
        assertThrows(DialException.class, () -> {
            relay.host().connection(bob.host().id()).orElseThrow().close();
            alice.host().connect(relay.to(bob));
        });
    }

    @Test
    void manyBytesPassWithBackPressureWhereNothingIsLimited() throws IOException {
        relayIs(RelayOptions.standard().limiting(Duration.ZERO, 0).atRate(0));
        aliceToBob();
        Bytes.echo(alice.host().open(bob.host().id(), ECHO), 16L * MIB);
    }

    @Test
    void aReaderThatStopsStopsTheWriterAtTheFarEnd() throws Exception {
        relayIs(RelayOptions.standard().limiting(Duration.ZERO, 0).atRate(0));
        bob.host().handle("/test/deaf/1.0.0", stream -> awaitForever());
        aliceToBob();
        Stream stream = alice.host().open(bob.host().id(), "/test/deaf/1.0.0");
        stream.timeout(Duration.ofSeconds(1));
        byte[] block = new byte[MIB];
        assertThrows(SocketTimeoutException.class, () -> {
            for (int i = 0; i < 256; i++) {
                stream.output().write(block);
            }
        });
        assertTrue(alice.host().ping(bob.host().id()).compareTo(Duration.ZERO) > 0);
    }

    private static void awaitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aCircuitIsCutWhenItHasHadItsBytes() throws IOException {
        aliceToBob();
        Stream stream = alice.host().open(bob.host().id(), ECHO);
        stream.timeout(Duration.ofSeconds(20));
        assertThrows(StreamResetException.class, () -> {
            stream.output().write(new byte[MIB]);
            stream.input().readAllBytes();
        });
        await().until(() -> alice.host().connection(bob.host().id()).isEmpty());
        await().until(() -> relay.server().circuits() == 0);
        assertTrue(alice.host().ping(relay.host().id()).compareTo(Duration.ZERO) > 0);
    }

    @Test
    void aCircuitIsCutWhenItsTimeIsOver() throws IOException {
        relayIs(RelayOptions.standard().limiting(Duration.ofMillis(300), 0));
        aliceToBob();
        await().until(() -> alice.host().connection(bob.host().id()).isEmpty());
        await().until(() -> bob.host().connection(alice.host().id()).isEmpty());
        await().until(() -> relay.server().circuits() == 0);
    }

    @Test
    void closingAtOneEndClosesTheOther() throws IOException {
        Connection connection = aliceToBob();
        await().until(() -> bob.host().connection(alice.host().id()).isPresent());
        connection.close();
        await().until(() -> bob.host().connection(alice.host().id()).isEmpty());
        await().until(() -> relay.server().circuits() == 0);
        assertTrue(alice.host().connect(relay.to(bob)).isOpen());
    }

    @Test
    void withoutAReservationThereIsNoWay() throws IOException {
        bob.host().connect(relay.host().id(), relay.host().addresses());
        DialException refused = assertThrows(DialException.class, () -> alice.host().connect(relay.to(bob)));
        assertTrue(refused.getMessage().contains("no reservation"), refused::getMessage);
    }

    @Test
    void aRelayWithoutRoomSaysSoToThoseWhoListen() throws IOException {
        relayIs(RelayOptions.standard().atMost(1, 1, 1));
        aliceToBob();
        IOException full = assertThrows(IOException.class, () -> alice.host().listenOn(relay.way()));
        assertTrue(full.getMessage().contains("no more reservations"), full::getMessage);
        try (RelayPeer carol = RelayPeer.hidden()) {
            DialException busy = assertThrows(DialException.class, () -> carol.host().connect(relay.to(bob)));
            assertTrue(busy.getMessage().contains("as much as it may"), busy::getMessage);
        }
    }

    @Test
    void aRelayIsNotReachedThroughItselfNorAPeerThroughTwo() throws IOException {
        bob.host().listenOn(relay.way());
        assertThrows(DialException.class, () -> alice.host().connect(relay.to(relay)));
        Multiaddr chain = relay.to(bob).encapsulate(Multiaddr.of("/p2p-circuit")).withPeer(relay.host().id());
        DialException none = assertThrows(DialException.class, () -> alice.host().connect(chain));
        assertTrue(none.getMessage().contains("no transport"), none::getMessage);
    }

    @Test
    void aReservationOverARelayedConnectionIsRefused() throws IOException {
        bob.host().listenOn(relay.way());
        try (RelayPeer second = RelayPeer.relaying(RelayOptions.standard())) {
            second.host().listenOn(relay.way());
            Connection relayed = bob.host().connect(relay.to(second));
            assertTrue(relayed.relayed());
            assertStatus(RelayStatus.PERMISSION_DENIED, relayed, new HopMessage.Reserve());
            assertStatus(RelayStatus.PERMISSION_DENIED, relayed, new HopMessage.Connect(alice.host().id()));
            assertThrows(IOException.class, () -> bob.transport().relay(
                    CircuitAddress.of(Multiaddr.of("/p2p/" + second.host().id() + "/p2p-circuit")).orElseThrow()));
        }
    }

    private static void assertStatus(RelayStatus expected, Connection over, HopMessage question) throws IOException {
        try (Stream hop = over.open(HopMessage.PROTOCOL)) {
            hop.timeout(Duration.ofSeconds(20));
            Frames.write(hop.output(), question.toBytes());
            var answer = (HopMessage.Answer) HopMessage.parse(
                    Frames.read(hop.input(), HopMessage.MAX_LENGTH));
            assertEquals(expected, answer.status());
        }
    }

    @Test
    void aRelayThatGoesAwayIsNoticedAndAskedAgainWhenItIsBack() throws IOException {
        bob.host().listenOn(relay.way());
        relay.host().connection(bob.host().id()).orElseThrow().close();
        await().until(() -> bob.host().addresses().isEmpty() || relay.host().connection(bob.host().id()).isPresent());
        await().until(() -> bob.host().addresses().equals(List.of(relay.way())));
        assertTrue(alice.host().connect(relay.to(bob)).relayed());
    }

    @Test
    void aRelayThatIsNotThereIsAnErrorOfListening() {
        Multiaddr way = relay.way();
        relay.close();
        assertThrows(IOException.class, () -> bob.host().listenOn(way));
        assertEquals(List.of(), bob.host().addresses());
    }

    @Test
    void aFewWordsAndTheirEndGoBothWays() throws IOException {
        aliceToBob();
        byte[] words = "good morning".getBytes(StandardCharsets.UTF_8);
        try (Stream stream = alice.host().open(bob.host().id(), ECHO)) {
            stream.output().write(words);
            stream.output().close();
            assertArrayEquals(words, stream.input().readAllBytes());
        }
    }

    @Test
    void whenTheTransportGoesItsConnectionsAndAddressesGo() throws IOException {
        aliceToBob();
        bob.host().remove(bob.transport());
        bob.transport().close();
        await().until(() -> alice.host().connection(bob.host().id()).isEmpty());
        assertEquals(List.of(), bob.host().addresses());
        assertFalse(bob.transport().direct(relay.host().id()).isEmpty());
    }
}
