// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.dial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import org.junit.jupiter.api.Test;

class DialBackoffTest {

    private static final Multiaddr ADDRESS = Multiaddr.of("/ip4/192.0.2.1/tcp/4001");
    private static final PeerId BOB = Identity.generate(new SecureRandom()).id();
    private static final PeerId EVE = Identity.generate(new SecureRandom()).id();

    private Instant now = Instant.EPOCH;
    private final DialBackoff backoff = new DialBackoff(() -> now);

    private long seconds() {
        return backoff.pause(BOB, ADDRESS).toSeconds();
    }

    @Test
    void anAddressIsLeftAloneForFiveSecondsAndThenTriedAgain() {
        assertEquals(0, seconds());
        backoff.failed(BOB, ADDRESS);
        assertEquals(5, seconds());
        now = now.plusSeconds(4);
        assertEquals(1, seconds());
        now = now.plusSeconds(1);
        assertEquals(0, seconds());
    }

    @Test
    void thePauseGrowsWithTheSquareOfTheFailuresUpToFiveMinutes() {
        for (long expected : new long[] {5, 6, 9, 14, 21}) {
            backoff.failed(BOB, ADDRESS);
            assertEquals(expected, seconds());
            now = now.plusSeconds(expected);
        }
        for (int i = 0; i < 100; i++) {
            backoff.failed(BOB, ADDRESS);
            now = now.plus(backoff.pause(BOB, ADDRESS));
        }
        backoff.failed(BOB, ADDRESS);
        assertEquals(DialBackoff.LONGEST.toSeconds(), seconds());
    }

    @Test
    void whatFailedLongAgoIsForgotten() {
        backoff.failed(BOB, ADDRESS);
        backoff.failed(BOB, ADDRESS);
        now = now.plusSeconds(12);
        backoff.failed(BOB, ADDRESS);
        assertEquals(5, seconds());
    }

    @Test
    void aPeerThatClaimsTheAddressOfAnotherDoesNotMakeThatLookDead() {
        backoff.failed(EVE, ADDRESS);
        assertEquals(Duration.ZERO, backoff.pause(BOB, ADDRESS));
    }

    @Test
    void aConnectionMakesAllAddressesOfThePeerWorthATry() {
        backoff.failed(BOB, ADDRESS);
        backoff.failed(EVE, ADDRESS);
        backoff.worked(BOB);
        assertEquals(0, seconds());
        assertEquals(Duration.ofSeconds(5), backoff.pause(EVE, ADDRESS));
    }

    @Test
    void noMoreThanSoManyAddressesAreKept() {
        backoff.failed(BOB, ADDRESS);
        for (int port = 1; port <= 5000; port++) {
            backoff.failed(EVE, Multiaddr.of("/ip4/192.0.2.1/tcp/" + port));
        }
        assertEquals(DialBackoff.MAX_ENTRIES, backoff.size());
        assertEquals(0, seconds());
        assertTrue(backoff.pause(EVE, Multiaddr.of("/ip4/192.0.2.1/tcp/5000")).isPositive());
    }
}
