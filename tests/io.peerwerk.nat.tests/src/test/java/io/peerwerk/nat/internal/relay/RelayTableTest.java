// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import org.junit.jupiter.api.Test;

class RelayTableTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Origin LOOPBACK = Origin.of(Multiaddr.of("/ip4/127.0.0.1/tcp/1"));

    private final PeerId self = peer();
    private Instant now = Instant.ofEpochSecond(1_000_000);
    private RelayTable table = new RelayTable(self, RelayOptions.standard(), () -> now);

    private static PeerId peer() {
        return Identity.generate(RANDOM).id();
    }

    private static Origin at(String address) {
        return Origin.of(Multiaddr.of(address));
    }

    private RelayStatus reserve(PeerId peer, Origin from) {
        return table.reserve(peer, from).status();
    }

    @Test
    void thereAre128ReservationsAndNoneMore() {
        for (int i = 0; i < 128; i++) {
            assertEquals(RelayStatus.OK, reserve(peer(), LOOPBACK));
        }
        assertEquals(RelayStatus.RESERVATION_REFUSED, reserve(peer(), LOOPBACK));
        assertEquals(128, table.reservations());
    }

    @Test
    void aReservationEndsAfterAnHourUnlessItIsAskedForAgain() {
        PeerId peer = peer();
        assertEquals(now.plus(Duration.ofHours(1)), table.reserve(peer, LOOPBACK).expires());
        now = now.plus(Duration.ofMinutes(59));
        assertEquals(now.plus(Duration.ofHours(1)), table.reserve(peer, LOOPBACK).expires());
        assertEquals(1, table.reservations());
        now = now.plus(Duration.ofHours(1)).minusMillis(1);
        assertEquals(RelayStatus.OK, table.connect(peer(), LOOPBACK, peer));
        now = now.plusMillis(1);
        assertEquals(RelayStatus.NO_RESERVATION, table.connect(peer(), LOOPBACK, peer));
    }

    @Test
    void reservationsThatHaveEndedMakeRoom() {
        table = new RelayTable(self, RelayOptions.standard().atMost(1, 1, 1), () -> now);
        assertEquals(RelayStatus.OK, reserve(peer(), LOOPBACK));
        assertEquals(RelayStatus.RESERVATION_REFUSED, reserve(peer(), LOOPBACK));
        now = now.plus(Duration.ofHours(1));
        assertEquals(RelayStatus.OK, reserve(peer(), LOOPBACK));
    }

    @Test
    void oneAddressHasEightReservationsAndOneNetwork32() {
        for (int i = 0; i < 8; i++) {
            assertEquals(RelayStatus.OK, reserve(peer(), at("/ip4/192.0.2.1/tcp/" + (1 + i))));
        }
        assertEquals(RelayStatus.RESERVATION_REFUSED, reserve(peer(), at("/ip4/192.0.2.1/udp/9/quic-v1")));
        for (int i = 0; i < 24; i++) {
            assertEquals(RelayStatus.OK, reserve(peer(), at("/ip4/192.0.2." + (2 + i) + "/tcp/1")));
        }
        assertEquals(RelayStatus.RESERVATION_REFUSED, reserve(peer(), at("/ip4/192.0.2.200/tcp/1")));
        assertEquals(RelayStatus.OK, reserve(peer(), at("/ip4/192.0.3.1/tcp/1")));
        assertEquals(RelayStatus.OK, reserve(peer(), at("/ip6/2001:db8::1/tcp/1")));
    }

    @Test
    void aPeerThatAsksAgainFromAFullNetworkKeepsWhatItHas() {
        PeerId peer = peer();
        assertEquals(RelayStatus.OK, reserve(peer, at("/ip4/198.51.100.1/tcp/1")));
        for (int i = 0; i < 8; i++) {
            assertEquals(RelayStatus.OK, reserve(peer(), at("/ip4/192.0.2.1/tcp/1")));
        }
        assertEquals(RelayStatus.RESERVATION_REFUSED, reserve(peer, at("/ip4/192.0.2.1/tcp/1")));
        assertEquals(RelayStatus.OK, table.connect(peer(), LOOPBACK, peer));
    }

    @Test
    void aPeerHas16CircuitsThatBeginOrEndAtIt() {
        PeerId peer = peer();
        reserve(peer, LOOPBACK);
        PeerId last = peer();
        for (int i = 0; i < 15; i++) {
            assertEquals(RelayStatus.OK, table.connect(peer(), LOOPBACK, peer));
        }
        assertEquals(RelayStatus.OK, table.connect(last, LOOPBACK, peer));
        assertEquals(RelayStatus.RESOURCE_LIMIT_EXCEEDED, table.connect(peer(), LOOPBACK, peer));
        PeerId other = peer();
        reserve(other, LOOPBACK);
        assertEquals(RelayStatus.RESOURCE_LIMIT_EXCEEDED, table.connect(peer, LOOPBACK, other));
        table.release(last, peer);
        assertEquals(RelayStatus.OK, table.connect(peer, LOOPBACK, other));
        assertEquals(16, table.circuits());
    }

    @Test
    void onePeerHasAQuarterOfTheCircuitsOfAnother() {
        PeerId peer = peer();
        reserve(peer, LOOPBACK);
        PeerId greedy = peer();
        for (int i = 0; i < 4; i++) {
            assertEquals(RelayStatus.OK, table.connect(greedy, LOOPBACK, peer));
        }
        assertEquals(RelayStatus.RESOURCE_LIMIT_EXCEEDED, table.connect(greedy, LOOPBACK, peer));
        assertEquals(RelayStatus.OK, table.connect(peer(), LOOPBACK, peer));
        table.release(greedy, peer);
        assertEquals(RelayStatus.OK, table.connect(greedy, LOOPBACK, peer));
    }

    @Test
    void aPeerThatAsksWithoutEndIsAnsweredNoMoreUntilItHasPaused() {
        PeerId peer = peer();
        PeerId target = peer();
        reserve(target, LOOPBACK);
        for (int i = 0; i < RelayTable.QUESTIONS / 2; i++) {
            assertEquals(RelayStatus.OK, reserve(peer, LOOPBACK));
            assertEquals(RelayStatus.OK, table.connect(peer, LOOPBACK, target));
            table.release(peer, target);
        }
        assertEquals(RelayStatus.RESERVATION_REFUSED, reserve(peer, LOOPBACK));
        assertEquals(RelayStatus.RESOURCE_LIMIT_EXCEEDED, table.connect(peer, LOOPBACK, target));
        assertEquals(RelayStatus.OK, table.connect(target, LOOPBACK, peer), "it keeps the reservation it has");
        now = now.plusSeconds(1);
        assertEquals(RelayStatus.OK, reserve(peer, LOOPBACK));
        assertEquals(2, table.asking());
        table.gone(peer);
        assertEquals(1, table.asking());
    }

    @Test
    void aRelayDoesNotRelayToRelayedConnectionsToItselfOrInCircles() {
        Origin relayed = at("/ip4/192.0.2.1/tcp/1/p2p/" + peer() + "/p2p-circuit");
        assertTrue(relayed.relayed());
        assertEquals(RelayStatus.PERMISSION_DENIED, reserve(peer(), relayed));
        PeerId peer = peer();
        reserve(peer, LOOPBACK);
        assertEquals(RelayStatus.PERMISSION_DENIED, table.connect(peer(), relayed, peer));
        assertEquals(RelayStatus.PERMISSION_DENIED, table.connect(peer, LOOPBACK, peer));
        assertEquals(RelayStatus.PERMISSION_DENIED, table.connect(peer, LOOPBACK, self));
        assertEquals(0, table.circuits());
    }

    @Test
    void aPeerThatIsGoneCannotBeReached() {
        PeerId peer = peer();
        reserve(peer, LOOPBACK);
        table.gone(peer);
        assertEquals(RelayStatus.NO_RESERVATION, table.connect(peer(), LOOPBACK, peer));
    }

    @Test
    void aReservationIsRenewedInTimeAndALostOneAskedForWithGrowingPauses() {
        Keeping keeping = Keeping.start().reserved(Duration.ofHours(1));
        assertEquals(Duration.ofMinutes(45), keeping.pause());
        assertEquals(Duration.ofSeconds(1), keeping.pauseWhenLost());
        assertEquals(Keeping.SHORTEST, keeping.reserved(Duration.ZERO).pause());
        assertEquals(Duration.ofSeconds(4), keeping.failed().failed().failed().pauseWhenLost());
        for (int i = 0; i < 100; i++) {
            keeping = keeping.failed();
        }
        assertEquals(Duration.ofSeconds(128), keeping.pauseWhenLost());
        assertEquals(Duration.ofSeconds(1), keeping.reserved(Duration.ofHours(1)).pauseWhenLost());
    }
}
