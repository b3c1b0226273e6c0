// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.dcutr;

import static io.peerwerk.fixtures.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.nat.internal.relay.RelayOptions;
import io.peerwerk.nat.internal.relay.RelayPeer;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.StreamResetException;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.spi.Transport;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two hosts on loopback that know each other only through a relay, and end up without it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DirectUpgradeTest {

    private final RelayPeer relay = RelayPeer.relaying(RelayOptions.standard());
    private RelayPeer alice;
    private RelayPeer bob;
    private HolePuncher alicesPuncher;
    private HolePuncher bobsPuncher;

    private void peers(Transport alices, Transport bobs) {
        alice = RelayPeer.over(alices);
        bob = RelayPeer.over(bobs);
        alicesPuncher = puncher(alice.host());
        bobsPuncher = puncher(bob.host());
    }

    private static HolePuncher puncher(SwitchHost host) {
        return new HolePuncher(host, host, new Candidates(true));
    }

    @AfterEach
    void stop() {
        if (alice != null) {
            alicesPuncher.close();
            bobsPuncher.close();
            alice.close();
            bob.close();
        }
        relay.close();
    }

    private void meet() throws IOException {
        bob.host().listenOn(relay.way());
        assertTrue(alice.host().connect(relay.to(bob)).relayed());
        await().until(() -> isDirect(alice, bob) && isDirect(bob, alice));
    }

    private static boolean isDirect(RelayPeer from, RelayPeer to) {
        return from.host().connection(to.host().id()).filter(c -> !c.relayed()).isPresent();
    }

    private static boolean isRelayed(RelayPeer from, RelayPeer to) {
        return from.host().connections().stream().anyMatch(c -> c.peer().equals(to.host().id()) && c.relayed());
    }

    @Test
    void whoCanBeDialledDirectlyIsDialled() throws IOException {
        peers(new TcpTransport(), new TcpTransport());
        meet();
        assertTrue(bob.host().connection(alice.host().id()).orElseThrow().initiator());
        assertTrue(alice.host().ping(bob.host().id()).compareTo(Duration.ZERO) > 0);
    }

    @Test
    void twoBehindWallsMeetAndTheOneWhoDialledIsTheClient() throws IOException {
        peers(new WalledTransport(false), new WalledTransport(true));
        meet();
        assertTrue(alice.host().connection(bob.host().id()).orElseThrow().initiator());
        assertFalse(bob.host().connection(alice.host().id()).orElseThrow().initiator());
        assertTrue(bob.host().ping(alice.host().id()).compareTo(Duration.ZERO) > 0);
    }

    @Test
    void theRelayIsLeftOnceItsStreamsHaveEnded() throws IOException {
        peers(new TcpTransport(), new TcpTransport());
        bob.host().handle("/test/echo/1.0.0", stream -> stream.input().transferTo(stream.output()));
        bob.host().listenOn(relay.way());
        Connection relayed = alice.host().connect(relay.to(bob));
        try (Stream stream = relayed.open("/test/echo/1.0.0")) {
            stream.output().write(1);
            assertEquals(1, stream.input().read());
            await().until(() -> isDirect(alice, bob));
            stream.output().write(2);
            assertEquals(2, stream.input().read());
        }
        await().until(() -> !isRelayed(alice, bob) && !isRelayed(bob, alice));
        assertTrue(isDirect(alice, bob));
    }

    @Test
    void whoInvitesWithoutEndIsFollowedAFewTimes() throws IOException {
        peers(new TcpTransport(), new TcpTransport());
        bobsPuncher.close();
        bob.host().listenOn(relay.way());
        alice.host().connect(relay.to(bob));
        await().until(() -> isRelayed(bob, alice));
        Connection relayed = bob.host().connection(alice.host().id()).orElseThrow();
        for (int i = 0; i < HolePuncher.MAX_FOLLOWED; i++) {
            assertEquals(PunchMessage.Type.CONNECT, invited(relayed).type());
        }
        assertThrows(StreamResetException.class, () -> invited(relayed));
        assertTrue(alice.host().ping(bob.host().id()).compareTo(Duration.ZERO) > 0);
    }

    /** Invites, and leaves it at that. */
    private static PunchMessage invited(Connection relayed) throws IOException {
        try (Stream stream = relayed.open(PunchMessage.PROTOCOL)) {
            stream.timeout(Duration.ofSeconds(20));
            Multiaddr nowhere = Multiaddr.of("/ip4/127.0.0.1/tcp/9");
            Frames.write(stream.output(), PunchMessage.connect(List.of(nowhere)).toBytes());
            stream.output().flush();
            return PunchMessage.parse(Frames.read(stream.input(), PunchMessage.MAX_LENGTH));
        }
    }

    @Test
    void onlyWhoWasReachedThroughTheRelayLeads() throws IOException {
        peers(new WalledTransport(false), new WalledTransport(false));
        bobsPuncher.close();
        bob.host().listenOn(relay.way());
        alice.host().connect(relay.to(bob));
        Connection direct = alice.host().connect(relay.host().id(), relay.host().addresses());
        assertFalse(direct.relayed());
        HolePuncher relaysPuncher = puncher(relay.host());
        try {
            assertThrows(StreamResetException.class, () -> {
                Stream stream = direct.open(PunchMessage.PROTOCOL);
                stream.timeout(Duration.ofSeconds(20));
                Frames.write(stream.output(), PunchMessage.sync().toBytes());
                stream.output().flush();
                stream.input().read();
            });
        } finally {
            relaysPuncher.close();
        }
    }
}
